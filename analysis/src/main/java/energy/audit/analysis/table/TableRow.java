package energy.audit.analysis.table;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/** A line of a table; each question names line and column when the answer is no. */
public record TableRow(int line, List<String> columns, List<String> fields) {
    public TableRow {
        columns = List.copyOf(columns);
        fields = List.copyOf(fields);
    }

    /** Without blanks around it; may be empty. */
    public String text(String column) {
        return fields.get(columns.indexOf(column)).strip();
    }

    public String needed(String column) throws BadTable {
        if (text(column).isEmpty()) {
            throw bad(column, "it is empty");
        }
        return text(column);
    }

    /** A decimal number with a point, not negative. */
    public BigDecimal amount(String column) throws BadTable {
        if (!text(column).matches("\\d{1,20}(\\.\\d{1,15})?")) {
            throw bad(column, "'" + text(column) + "' is no decimal number with a point, 0 or more");
        }
        return new BigDecimal(text(column));
    }

    public LocalDate day(String column) throws BadTable {
        try {
            return LocalDate.parse(text(column));
        } catch (DateTimeException e) {
            throw bad(column, "'" + text(column) + "' is no day like 2026-01-31");
        }
    }

    /** @throws BadTable with the words that can be, if it is none of them */
    public String oneOf(String column, List<String> words) throws BadTable {
        if (!words.contains(text(column))) {
            throw bad(column, "'" + text(column) + "' is none of " + words);
        }
        return text(column);
    }

    public BadTable bad(String column, String why) {
        return new BadTable(line, column, why);
    }
}
