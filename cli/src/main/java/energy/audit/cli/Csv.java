package energy.audit.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A comma-separated file in memory: UTF-8, RFC 4180 quotes, a first row of column names. */
final class Csv {
    private final Path file;
    private final List<String> header;
    private final List<Row> rows;

    private Csv(Path file, List<String> header, List<Row> rows) {
        this.file = file;
        this.header = header;
        this.rows = rows;
    }

    /** @param line as an editor numbers it, the header's being 1 */
    record Row(int line, List<String> cells) {}

    static Csv read(Path file) {
        String text = text(file);
        List<Row> rows = new Parser(file, text).rows();
        if (rows.isEmpty()) {
            throw Refused.input(file.toString(), "is empty", "Its first row names the columns.");
        }
        List<String> header = rows.get(0).cells().stream().map(String::trim).toList();
        List<Row> body = rows.subList(1, rows.size());
        for (Row row : body) {
            if (row.cells().size() != header.size()) {
                throw Refused.input(
                        file + ", row " + row.line(),
                        "has " + row.cells().size() + " columns, the header has " + header.size(),
                        "Give each row a cell for each column.");
            }
        }
        return new Csv(file, header, body);
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw Refused.input(file.toString(), "is not there", "Check the name.");
        } catch (CharacterCodingException e) {
            throw Refused.input(file.toString(), "is not UTF-8 text", "Save it as CSV in UTF-8.");
        } catch (IOException e) {
            throw Refused.input(file.toString(), "cannot be read: " + e, "Check the name and its permissions.");
        }
    }

    Path file() {
        return file;
    }

    List<String> header() {
        return header;
    }

    List<Row> rows() {
        return rows;
    }

    /** The index of a column; refused with the names that there are. */
    int column(String name) {
        int found = header.indexOf(name.trim());
        if (found < 0) {
            throw Refused.input(
                    file.toString(),
                    "has no column '" + name.trim() + "'",
                    "Its columns are: " + String.join(", ", header) + ".");
        }
        if (header.lastIndexOf(name.trim()) != found) {
            throw Refused.input(
                    file.toString(), "has two columns named '" + name.trim() + "'", "Give each its own name.");
        }
        return found;
    }

    /** Splits text into rows of cells. */
    private static final class Parser {
        private final Path file;
        private final String text;
        private final List<Row> rows = new ArrayList<>();
        private List<String> cells = new ArrayList<>();
        private final StringBuilder cell = new StringBuilder();
        private int line = 1;

        Parser(Path file, String text) {
            this.file = file;
            this.text = text;
        }

        List<Row> rows() {
            int rowBegan = 1;
            boolean quoted = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\n') {
                    line++;
                }
                if (quoted) {
                    if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                        cell.append('"');
                        i++;
                    } else if (c == '"') {
                        quoted = false;
                    } else {
                        cell.append(c);
                    }
                } else if (c == '"' && cell.toString().isBlank()) {
                    cell.setLength(0);
                    quoted = true;
                } else if (c == ',') {
                    endCell();
                } else if (c == '\n') {
                    endRow(rowBegan);
                    rowBegan = line;
                } else if (c != '\r') {
                    cell.append(c);
                }
            }
            if (quoted) {
                throw Refused.input(
                        file + ", row " + rowBegan, "a quoted cell is never closed", "Add the missing quote (\").");
            }
            endRow(rowBegan);
            return rows;
        }

        private void endCell() {
            cells.add(cell.toString());
            cell.setLength(0);
        }

        private void endRow(int began) {
            boolean blank = cells.isEmpty() && cell.toString().isBlank();
            endCell();
            if (!blank) {
                rows.add(new Row(began, cells));
            }
            cells = new ArrayList<>();
        }
    }
}
