package energy.audit.analysis.enpi;

/** A formula or unit that cannot be used; the message says what, at which column, why, and what to do. */
public final class FormulaRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int column;

    FormulaRefused(String what, int at, String why, String nextStep) {
        super(what + ", column " + (at + 1) + ": " + why + ". " + nextStep);
        this.column = at + 1;
    }

    /** Where in the text, from 1. */
    public int column() {
        return column;
    }
}
