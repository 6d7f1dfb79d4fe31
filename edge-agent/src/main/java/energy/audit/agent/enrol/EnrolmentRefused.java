package energy.audit.agent.enrol;

/** The backend's answer is no; the message says why and what to do. */
public final class EnrolmentRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private final String code;

    EnrolmentRefused(String code, String detail, String nextStep) {
        super(detail + ". " + nextStep);
        this.code = code;
    }

    /** Stable, upper case with underscores, for example {@code TOKEN_USED}. */
    public String code() {
        return code;
    }
}
