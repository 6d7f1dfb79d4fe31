package energy.audit.agent.config;

/** The configuration cannot be used. The message names the file, the place in it, the cause and the next step. */
public final class ConfigurationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param where file and place in it
     * @param why what is wrong there
     * @param nextStep what the operator does about it
     */
    public ConfigurationRefused(String where, String why, String nextStep) {
        super(where + ": " + why + ". " + nextStep);
    }
}
