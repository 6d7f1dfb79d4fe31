package energy.audit.variables;

import energy.audit.evidence.wire.ProductionImport;
import energy.audit.evidence.wire.ProductionRow;
import energy.audit.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Looks at every row of a delivery before any is taken, and names all that are wrong. */
final class RowCheck {
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_TOLD = 20;

    private final ProductionImport delivery;
    private final Map<String, NavigableMap<Instant, Instant>> periods = new HashMap<>();
    private final Map<String, String> units = new HashMap<>();
    private final List<String> bad = new ArrayList<>();

    /** @param known values in force at the site */
    RowCheck(ProductionImport delivery, List<VariableValue> known) {
        this.delivery = delivery;
        for (VariableValue value : known) {
            units.put(value.variable(), value.unit());
            if (value.value().isPresent()) {
                periods(value.variable())
                        .put(value.period().from(), value.period().to());
            }
        }
    }

    void check() {
        if (delivery.getSource().isBlank() || delivery.getImportId().isBlank()) {
            throw Refusal.invalid(
                    "NO_IMPORT_ID",
                    "the import",
                    "it does not say which system it comes from and under what number",
                    "Give source and importId; the same number again is the same import.");
        }
        if (delivery.getRowsCount() == 0 || delivery.getRowsCount() > MOST_ROWS) {
            throw Refusal.invalid(
                    "BAD_ROWS",
                    "import " + delivery.getImportId(),
                    "it has " + delivery.getRowsCount() + " rows",
                    "Send 1 to " + MOST_ROWS + " rows at a time.");
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < delivery.getRowsCount(); i++) {
            ProductionRow row = delivery.getRows(i);
            Integer first = seen.putIfAbsent(row.getVariable() + " " + row.getFromMs() + " " + row.getToMs(), i + 1);
            if (first != null) {
                bad.add("row " + (i + 1) + ": the same variable and period as row " + first);
            } else {
                check(i + 1, row);
            }
        }
        if (!bad.isEmpty()) {
            throw Refusal.invalid(
                    "BAD_ROWS",
                    "import " + delivery.getImportId() + " of " + delivery.getSource(),
                    bad.size() + " of " + delivery.getRowsCount() + " rows cannot be taken; "
                            + String.join("; ", bad.subList(0, Math.min(bad.size(), MOST_TOLD))),
                    "Correct them and send it again; nothing of it was taken.");
        }
    }

    private void check(int number, ProductionRow row) {
        String at = "row " + number + ", ";
        if (!row.getVariable().matches("[a-z][a-z0-9-]{0,60}")) {
            bad.add(at + "variable '" + row.getVariable() + "': lower-case letters, digits and - are needed");
            return;
        }
        if (row.getFromMs() >= row.getToMs()) {
            bad.add(at + "to: it is not after from");
            return;
        }
        if (!row.getWithdrawn() && !row.getValue().matches("-?\\d{1,20}(\\.\\d{1,15})?")) {
            bad.add(at + "value '" + row.getValue()
                    + "': a decimal number with a point is needed; leave the row out, or"
                    + " withdraw it, where there is none");
        }
        String unit = units.putIfAbsent(row.getVariable(), row.getUnit());
        if (row.getUnit().isBlank() || (unit != null && !unit.equals(row.getUnit()))) {
            bad.add(at + "unit '" + row.getUnit() + "': " + row.getVariable() + " is in "
                    + (unit == null ? "no unit yet; name one" : unit));
        }
        Instant from = Instant.ofEpochMilli(row.getFromMs());
        Instant to = Instant.ofEpochMilli(row.getToMs());
        NavigableMap<Instant, Instant> others = periods(row.getVariable());
        boolean same = to.equals(others.get(from));
        Map.Entry<Instant, Instant> before = others.lowerEntry(to);
        if (!same && before != null && before.getValue().isAfter(from)) {
            bad.add(at + "from " + from + " to " + to + ": it overlaps " + before.getKey() + " to " + before.getValue()
                    + ", which would count twice; withdraw that one first");
        } else if (!row.getWithdrawn()) {
            others.put(from, to);
        } else if (same) {
            others.remove(from);
        } else {
            bad.add(at + "from " + from + " to " + to + ": there is no such value to withdraw");
        }
    }

    private NavigableMap<Instant, Instant> periods(String variable) {
        return periods.computeIfAbsent(variable, each -> new TreeMap<>());
    }
}
