package energy.audit.agent.config;

import java.util.List;

/** The configuration cannot be used. The message names the file, the place in it, the cause and the next step. */
public final class ConfigurationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;
    private final String why;
    private final String nextStep;

    /**
     * @param where file and place in it
     * @param why what is wrong there
     * @param nextStep what the operator does about it
     */
    public ConfigurationRefused(String where, String why, String nextStep) {
        super(where + ": " + why + ". " + nextStep);
        this.where = where;
        this.why = why;
        this.nextStep = nextStep;
    }

    /** The first of some complaints, and how many more there are. */
    static ConfigurationRefused of(List<Complaint> complaints) {
        Complaint first = complaints.get(0);
        String more = complaints.size() == 1
                ? ""
                : ". And " + (complaints.size() - 1) + " more: edge-agent validate --config DIR shows all";
        return new ConfigurationRefused(
                first.file() + ":" + first.line() + ":" + first.column(), first.what(), first.hint() + more);
    }

    String where() {
        return where;
    }

    String why() {
        return why;
    }

    String nextStep() {
        return nextStep;
    }
}
