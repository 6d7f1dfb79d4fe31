package energy.audit.analysis.carbon;

import energy.audit.analysis.carbon.EmissionFactor.Basis;
import energy.audit.analysis.carbon.EmissionFactor.Scope;
import energy.audit.analysis.table.BadTable;
import energy.audit.analysis.table.TableRow;
import energy.audit.analysis.table.TableText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Emission factors as a table: a line for each, {@code from} its first day and {@code until} the first day on which it no
 * longer holds. Gas is counted by gross calorific value here, as it is billed; a factor of net calorific value (a tenth
 * higher) is refused instead of being taken for one of gross.
 */
public final class EmissionFactorText {
    public static final List<String> COLUMNS = List.of(
            "energy", "unit", "scope", "basis", "from", "until", "kg_co2e_per_unit", "source", "edition", "gwp");

    private EmissionFactorText() {}

    /** @throws BadTable naming line and column */
    public static List<EmissionFactor> read(String csv) throws BadTable {
        List<EmissionFactor> factors = new ArrayList<>();
        List<TableRow> rows = TableText.read(csv, COLUMNS);
        for (TableRow row : rows) {
            factors.add(factor(row));
        }
        for (int i = 0; i < factors.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (overlap(factors.get(i), factors.get(j))) {
                    throw rows.get(i)
                            .bad(
                                    "from",
                                    "line " + rows.get(j).line()
                                            + " holds on some of these days for the same; end it first");
                }
            }
        }
        return List.copyOf(factors);
    }

    private static EmissionFactor factor(TableRow row) throws BadTable {
        String unit = row.oneOf("unit", List.of("kWh"));
        Scope scope = Scope.valueOf("SCOPE_" + row.oneOf("scope", List.of("1", "2", "3")));
        Basis basis = scope == Scope.SCOPE_2
                ? Basis.valueOf(
                        row.oneOf("basis", List.of("location", "market")).toUpperCase(java.util.Locale.ROOT))
                : Basis.ACTIVITY;
        if (scope != Scope.SCOPE_2 && !row.text("basis").isEmpty()) {
            throw row.bad("basis", "only scope 2 has one; leave it empty");
        }
        LocalDate from = row.day("from");
        LocalDate until = row.day("until");
        if (!from.isBefore(until)) {
            throw row.bad("until", "it is not after from");
        }
        return new EmissionFactor(
                row.needed("energy"),
                unit,
                scope,
                basis,
                from,
                until,
                row.amount("kg_co2e_per_unit"),
                row.needed("source"),
                row.needed("edition"),
                row.needed("gwp"));
    }

    private static boolean overlap(EmissionFactor one, EmissionFactor other) {
        return one.activity().equals(other.activity())
                && one.unit().equals(other.unit())
                && one.scope() == other.scope()
                && one.basis() == other.basis()
                && one.from().isBefore(other.until())
                && other.from().isBefore(one.until());
    }
}
