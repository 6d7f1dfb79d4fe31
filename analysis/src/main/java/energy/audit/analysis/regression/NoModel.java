package energy.audit.analysis.regression;

/** The data allow no model; the message says why and what to do. */
public final class NoModel extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoModel(String message) {
        super(message);
    }
}
