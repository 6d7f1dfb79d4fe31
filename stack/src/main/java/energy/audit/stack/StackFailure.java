package energy.audit.stack;

/** Something of the stack cannot go on. The message names the thing, the cause and the next step. */
public final class StackFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param what the part or file; @param why the cause, in words; @param nextStep what the person can do */
    public StackFailure(String what, String why, String nextStep) {
        super(what + ": " + why + ". " + nextStep);
    }

    StackFailure(String what, String why, String nextStep, Throwable cause) {
        super(what + ": " + why + ". " + nextStep, cause);
    }
}
