package energy.audit.variables;

import energy.audit.analysis.table.RowFault;
import energy.audit.evidence.wire.ProductionImport;
import energy.audit.evidence.wire.ProductionRow;
import energy.audit.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at every row of a delivery before any is taken, and names all that are wrong. */
final class RowCheck {
    static final String NOTHING_TAKEN = "Correct them and send it again; nothing of it was taken.";
    private static final int MOST_ROWS = 100_000;

    private final ProductionImport delivery;
    private final List<Integer> numbers;
    private final Map<String, Occupied> periods = new HashMap<>();
    private final Map<String, String> units = new HashMap<>();
    private final List<RowFault> bad = new ArrayList<>();

    /** @param numbers of the rows as the sender counts them @param known values in force at the site */
    RowCheck(ProductionImport delivery, List<Integer> numbers, List<VariableValue> known) {
        this.delivery = delivery;
        this.numbers = numbers;
        for (VariableValue value : known) {
            units.put(value.variable(), value.unit());
            if (value.value().isPresent()) {
                periods(value.variable())
                        .known(value.period().from(), value.period().to());
            }
        }
    }

    /** That a delivery has a number of its own and a size that can be taken. */
    static void delivery(String source, String importId, int rows) {
        if (source.isBlank() || importId.isBlank()) {
            throw Refusal.invalid(
                    "NO_IMPORT_ID",
                    "the import",
                    "it does not say which system it comes from and under what number",
                    "Give source and importId; the same number again is the same import.");
        }
        if (rows == 0 || rows > MOST_ROWS) {
            throw Refusal.invalid(
                    "BAD_ROWS",
                    "import " + importId,
                    "it has " + rows + " rows",
                    "Send 1 to " + MOST_ROWS + " rows at a time.");
        }
    }

    void check() {
        delivery(delivery.getSource(), delivery.getImportId(), delivery.getRowsCount());
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < delivery.getRowsCount(); i++) {
            ProductionRow row = delivery.getRows(i);
            int number = numbers.get(i);
            Integer first = seen.putIfAbsent(row.getVariable() + " " + row.getFromMs() + " " + row.getToMs(), number);
            if (first != null) {
                bad.add(new RowFault(number, "", "the same variable and period as row " + first));
            } else {
                check(number, row);
            }
        }
        if (!bad.isEmpty()) {
            throw Refusal.badRows(
                    "import " + delivery.getImportId() + " of " + delivery.getSource(),
                    delivery.getRowsCount(),
                    bad,
                    NOTHING_TAKEN);
        }
    }

    private void check(int number, ProductionRow row) {
        if (!row.getVariable().matches("[a-z][a-z0-9-]{0,60}")) {
            bad.add(new RowFault(
                    number, "variable", "'" + row.getVariable() + "': lower-case letters, digits and - are needed"));
            return;
        }
        if (row.getFromMs() >= row.getToMs()) {
            bad.add(new RowFault(number, "to", "it is not after from"));
            return;
        }
        if (!row.getWithdrawn() && !row.getValue().matches("-?\\d{1,20}(\\.\\d{1,15})?")) {
            bad.add(new RowFault(
                    number,
                    "value",
                    "'" + row.getValue() + "': a decimal number with a point is needed; leave the row out, or"
                            + " withdraw it, where there is none"));
        }
        String unit = units.putIfAbsent(row.getVariable(), row.getUnit());
        if (row.getUnit().isBlank() || (unit != null && !unit.equals(row.getUnit()))) {
            bad.add(new RowFault(
                    number,
                    "unit",
                    "'" + row.getUnit() + "': " + row.getVariable() + " is in "
                            + (unit == null ? "no unit yet; name one" : unit)));
        }
        periods(row.getVariable())
                .take(Instant.ofEpochMilli(row.getFromMs()), Instant.ofEpochMilli(row.getToMs()), row.getWithdrawn())
                .ifPresent(why -> bad.add(new RowFault(number, "from", why)));
    }

    private Occupied periods(String variable) {
        return periods.computeIfAbsent(variable, each -> new Occupied());
    }
}
