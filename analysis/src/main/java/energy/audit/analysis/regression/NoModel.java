package energy.audit.analysis.regression;

/** The data allow no model; the reason says why and what to do. */
public final class NoModel extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    public NoModel(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The same reason, said of a named thing. */
    public NoModel(String thing, NoModel cause) {
        super(thing + ": " + cause.reason, cause);
        this.reason = thing + ": " + cause.reason;
    }

    /** In sentences, for a person. */
    public String reason() {
        return reason;
    }
}
