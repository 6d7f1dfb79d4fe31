package energy.audit.agent.config;

/**
 * One thing that is wrong in a file of the agent's directory.
 *
 * @param line from 1; 1 when the file as a whole is meant
 * @param column from 1
 * @param what the place by its keys, and what is wrong there
 * @param hint what the operator does about it
 */
public record Complaint(String file, int line, int column, String what, String hint) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + what + ". " + hint;
    }
}
