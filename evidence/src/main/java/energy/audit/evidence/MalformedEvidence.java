package energy.audit.evidence;

/** Bytes that claim to be evidence and are not; the message names the thing, the place in it, and the reason. */
public final class MalformedEvidence extends Exception {
    private static final long serialVersionUID = 1L;
    private final String what;
    private final String where;
    private final String why;

    /**
     * @param what the thing that was read, e.g. "checkpoint"
     * @param where the place in it, e.g. "line 2"
     * @param why what is wrong there
     */
    public MalformedEvidence(String what, String where, String why) {
        super(what + ", " + where + ": " + why);
        this.what = what;
        this.where = where;
        this.why = why;
    }

    public String what() {
        return what;
    }

    public String where() {
        return where;
    }

    public String why() {
        return why;
    }
}
