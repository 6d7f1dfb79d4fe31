package energy.audit.kernel;

/**
 * The answer is no: the caller asked for something that is not there, not allowed, or not possible. Becomes
 * problem+json, a Faces message or exit status 1. Rolls the transaction back.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of no it is; the number is the HTTP status. */
    public enum Kind {
        INVALID(400),
        FORBIDDEN(403),
        NOT_FOUND(404),
        CONFLICT(409),
        TOO_MANY(429);

        private final int httpStatus;

        Kind(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        public int httpStatus() {
            return httpStatus;
        }
    }

    private final Kind kind;
    private final String code;
    private final String what;
    private final String why;
    private final String nextStep;

    private Refusal(Kind kind, String code, String what, String why, String nextStep) {
        super(what + ": " + why + ". " + nextStep);
        this.kind = kind;
        this.code = code;
        this.what = what;
        this.why = why;
        this.nextStep = nextStep;
    }

    public static Refusal invalid(String code, String what, String why, String nextStep) {
        return new Refusal(Kind.INVALID, code, what, why, nextStep);
    }

    public static Refusal forbidden(String code, String what, String why, String nextStep) {
        return new Refusal(Kind.FORBIDDEN, code, what, why, nextStep);
    }

    public static Refusal notFound(String code, String what, String why, String nextStep) {
        return new Refusal(Kind.NOT_FOUND, code, what, why, nextStep);
    }

    public static Refusal conflict(String code, String what, String why, String nextStep) {
        return new Refusal(Kind.CONFLICT, code, what, why, nextStep);
    }

    /** Asked too often. */
    public static Refusal tooMany(String code, String what, String why, String nextStep) {
        return new Refusal(Kind.TOO_MANY, code, what, why, nextStep);
    }

    public Kind kind() {
        return kind;
    }

    /** Stable, upper case with underscores, for programs. */
    public String code() {
        return code;
    }

    /** The thing that was asked for. */
    public String what() {
        return what;
    }

    /** The cause, in words. */
    public String why() {
        return why;
    }

    /** What the reader can do about it. */
    public String nextStep() {
        return nextStep;
    }
}
