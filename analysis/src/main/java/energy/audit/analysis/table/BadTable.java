package energy.audit.analysis.table;

/** A table that cannot be read; the message says in which line and column, and why. */
public final class BadTable extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String column;
    private final String why;

    /** @param line from 1, the head; @param column empty: the whole line */
    public BadTable(int line, String column, String why) {
        super("line " + line + (column.isEmpty() ? "" : ", column " + column) + ": " + why);
        this.line = line;
        this.column = column;
        this.why = why;
    }

    public int line() {
        return line;
    }

    public String column() {
        return column;
    }

    /** Without line and column. */
    public String why() {
        return why;
    }
}
