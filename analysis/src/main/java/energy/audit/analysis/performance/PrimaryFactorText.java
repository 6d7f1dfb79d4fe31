package energy.audit.analysis.performance;

import energy.audit.analysis.table.BadTable;
import energy.audit.analysis.table.TableRow;
import energy.audit.analysis.table.TableText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Primary-energy factors as a table: a line for each, {@code until} the first day on which it no longer holds. */
public final class PrimaryFactorText {
    public static final List<String> COLUMNS =
            List.of("energy", "unit", "from", "until", "kwh_primary_per_unit", "source", "edition");

    private PrimaryFactorText() {}

    /** @throws BadTable naming line and column */
    public static List<PrimaryFactor> read(String csv) throws BadTable {
        List<PrimaryFactor> factors = new ArrayList<>();
        List<TableRow> rows = TableText.read(csv, COLUMNS);
        for (TableRow row : rows) {
            row.oneOf("unit", List.of("kWh"));
            LocalDate from = row.day("from");
            LocalDate until = row.day("until");
            if (!from.isBefore(until)) {
                throw row.bad("until", "it is not after from");
            }
            PrimaryFactor factor = new PrimaryFactor(
                    row.needed("energy"),
                    from,
                    until,
                    row.amount("kwh_primary_per_unit"),
                    row.needed("source"),
                    row.needed("edition"));
            if (factor.factor().signum() <= 0) {
                throw row.bad("kwh_primary_per_unit", "it is not above zero");
            }
            for (int i = 0; i < factors.size(); i++) {
                if (factors.get(i).overlaps(factor)) {
                    throw row.bad(
                            "from",
                            "line " + rows.get(i).line() + " holds on some of these days for the same; end it first");
                }
            }
            factors.add(factor);
        }
        return List.copyOf(factors);
    }
}
