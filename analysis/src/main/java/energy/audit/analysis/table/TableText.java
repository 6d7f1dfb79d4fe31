package energy.audit.analysis.table;

import java.util.ArrayList;
import java.util.List;

/** Reads RFC 4180: comma, quotes where a field needs them, CRLF or LF. Empty lines at the end are passed over. */
public final class TableText {
    private static final int MOST_ROWS = 10_000;

    private final String text;
    private final int mostRows;
    private int at;
    private int line = 1;

    private TableText(String text, int mostRows) {
        this.mostRows = mostRows;
        this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /**
     * @param columns that the head must have, in any order and no other
     * @throws BadTable if the head has other columns, a line another number of fields, or a quote is not closed
     */
    public static List<TableRow> read(String text, List<String> columns) throws BadTable {
        return read(text, columns, MOST_ROWS);
    }

    /** The same, for more lines or fewer. */
    public static List<TableRow> read(String text, List<String> columns, int mostRows) throws BadTable {
        return new TableText(text, mostRows).rows(columns);
    }

    private List<TableRow> rows(List<String> columns) throws BadTable {
        List<String> head = fields().stream().map(String::strip).toList();
        for (String name : head) {
            if (!columns.contains(name) || head.indexOf(name) != head.lastIndexOf(name)) {
                throw new BadTable(
                        1,
                        name,
                        columns.contains(name) ? "it is there twice" : "there is no such column; use " + columns);
            }
        }
        if (head.size() < columns.size()) {
            throw new BadTable(
                    1,
                    columns.stream()
                            .filter(name -> !head.contains(name))
                            .findFirst()
                            .orElse(""),
                    "the head lacks it; it needs " + columns);
        }
        List<TableRow> rows = new ArrayList<>();
        while (at < text.length()) {
            int began = line;
            List<String> fields = fields();
            if (fields.size() == 1 && fields.get(0).isBlank()) {
                continue;
            }
            if (fields.size() != head.size()) {
                throw new BadTable(
                        began, "", "it has " + fields.size() + " fields, the head has " + head.size() + " columns");
            }
            if (rows.size() == mostRows) {
                throw new BadTable(began, "", "there are more than " + mostRows + " lines");
            }
            rows.add(new TableRow(began, head, fields));
        }
        if (rows.isEmpty()) {
            throw new BadTable(2, "", "there is no line after the head");
        }
        return rows;
    }

    private List<String> fields() throws BadTable {
        List<String> fields = new ArrayList<>();
        int began = line;
        while (true) {
            fields.add(field(began));
            if (at >= text.length()) {
                return fields;
            }
            char end = text.charAt(at++);
            if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                end = text.charAt(at++);
            }
            if (end == '\n' || end == '\r') {
                line++;
                return fields;
            }
        }
    }

    private String field(int began) throws BadTable {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted(began);
        }
        int start = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted(int began) throws BadTable {
        StringBuilder field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next != '"') {
                line += next == '\n' ? 1 : 0;
                field.append(next);
            } else if (at < text.length() && text.charAt(at) == '"') {
                at++;
                field.append('"');
            } else if (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
                throw new BadTable(line, "", "there is text after a closing quote");
            } else {
                return field.toString();
            }
        }
        throw new BadTable(began, "", "a quote is not closed");
    }
}
