package energy.audit.analysis.carbon;

/** There is no factor in force for an activity, or there are two; the message says which and what there is. */
public final class NoFactor extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoFactor(String message) {
        super(message);
    }
}
