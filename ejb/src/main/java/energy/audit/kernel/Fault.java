package energy.audit.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Our or the world's failure: the database is gone, a key cannot be read, stored bytes are damaged. Becomes HTTP 5xx, or
 * a redelivery of the message. Rolls the transaction back.
 */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String nextStep;

    public Fault(String code, String what, String why, String nextStep, @Nullable Throwable cause) {
        super(code + " " + what + ": " + why + ". " + nextStep, cause);
        this.code = code;
        this.nextStep = nextStep;
    }

    /** Stable, upper case with underscores, for programs. */
    public String code() {
        return code;
    }

    /** What an operator can do about it. */
    public String nextStep() {
        return nextStep;
    }
}
