package energy.audit.verifier;

/** A figure cannot be recomputed from the evidence; the message says why. */
final class FigureRefused extends Exception {
    private static final long serialVersionUID = 1L;

    FigureRefused(String message) {
        super(message);
    }
}
