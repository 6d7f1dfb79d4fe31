package energy.audit.kernel;

import energy.audit.analysis.table.RowFault;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The answer is no: the caller asked for something that is not there, not allowed, or not possible. Becomes
 * problem+json, a Faces message or exit status 1. Rolls the transaction back.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_TOLD = 20;

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
    private final transient List<RowFault> rows;

    private Refusal(Kind kind, String code, String what, String why, String nextStep) {
        this(kind, code, what, why, nextStep, List.of());
    }

    private Refusal(Kind kind, String code, String what, String why, String nextStep, List<RowFault> rows) {
        super(what + ": " + why + ". " + nextStep);
        this.kind = kind;
        this.code = code;
        this.what = what;
        this.why = why;
        this.nextStep = nextStep;
        this.rows = List.copyOf(rows);
    }

    public static Refusal invalid(String code, String what, String why, String nextStep) {
        return new Refusal(Kind.INVALID, code, what, why, nextStep);
    }

    /** Of a table, with every row that is the reason; the words tell the first of them. */
    public static Refusal badRows(String what, int all, List<RowFault> rows, String nextStep) {
        String told = rows.stream().limit(MOST_TOLD).map(RowFault::toString).collect(Collectors.joining("; "));
        return new Refusal(
                Kind.INVALID,
                "BAD_ROWS",
                what,
                rows.size() + (all > 0 ? " of " + all : "") + " rows cannot be taken; " + told,
                nextStep,
                rows);
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

    /** Rows of a table that are the reason; mostly none. */
    public List<RowFault> rows() {
        return rows;
    }
}
