package energy.audit.cli;

/** A command that cannot do what was asked: what happened, to which thing, and what to do. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final int ANSWER_IS_NO = 1;
    static final int WRONG_USE = 2;

    private final int exitStatus;

    private Refused(int exitStatus, String what, String why, String next) {
        super(what + ": " + why + ". " + next);
        this.exitStatus = exitStatus;
    }

    /** The answer is no. */
    static Refused no(String what, String why, String next) {
        return new Refused(ANSWER_IS_NO, what, why, next);
    }

    /** The command was used wrongly, or its input cannot be read. */
    static Refused input(String what, String why, String next) {
        return new Refused(WRONG_USE, what, why, next);
    }

    int exitStatus() {
        return exitStatus;
    }
}
