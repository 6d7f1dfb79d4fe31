package energy.audit.analysis.table;

/**
 * Why a row cannot be taken.
 *
 * @param row as the sender numbers it: of a file its line, the head being 1; of a list its place, from 1
 * @param column empty: the row as a whole
 */
public record RowFault(int row, String column, String why) {
    @Override
    public String toString() {
        return "row " + row + (column.isEmpty() ? "" : ", " + column) + (why.startsWith("'") ? " " : ": ") + why;
    }
}
