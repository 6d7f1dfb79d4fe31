package energy.audit.analysis.powerquality;

/** A file that is not what its format says: where, what was found, what was expected. */
public final class UnreadableRecord extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    UnreadableRecord(String where, String reason) {
        super(where + ": " + reason);
        this.reason = where + ": " + reason;
    }

    public String reason() {
        return reason;
    }
}
