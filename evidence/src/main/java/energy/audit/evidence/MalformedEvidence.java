package energy.audit.evidence;

/** Bytes that are not what they should be: says what was read, where, and why it was refused. */
public final class MalformedEvidence extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedEvidence(String what, String why) {
        super(what + ": " + why);
    }

    public MalformedEvidence(String what, String why, Throwable cause) {
        super(what + ": " + why, cause);
    }
}
