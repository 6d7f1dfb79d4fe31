package energy.audit.variables;

import energy.audit.analysis.table.RowFault;
import energy.audit.analysis.variable.TemperatureText;
import energy.audit.evidence.wire.WeatherImport;
import energy.audit.evidence.wire.WeatherRow;
import energy.audit.kernel.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at every row of a weather delivery before any is taken, and names all that are wrong. */
final class WeatherCheck {
    private static final Duration LONGEST = Duration.ofHours(25);

    private final WeatherImport delivery;
    private final List<Integer> numbers;
    private final Occupied periods = new Occupied();
    private final List<RowFault> bad = new ArrayList<>();

    /** @param numbers of the rows as the sender counts them @param known what is in force of the station there */
    WeatherCheck(WeatherImport delivery, List<Integer> numbers, List<Temperature> known) {
        this.delivery = delivery;
        this.numbers = numbers;
        known.forEach(
                value -> periods.known(value.period().from(), value.period().to()));
    }

    void check() {
        Map<Long, Integer> seen = new HashMap<>();
        for (int i = 0; i < delivery.getRowsCount(); i++) {
            WeatherRow row = delivery.getRows(i);
            int number = numbers.get(i);
            Integer first = seen.putIfAbsent(row.getFromMs(), number);
            if (first != null) {
                bad.add(new RowFault(number, "", "the same time as row " + first));
            } else {
                check(number, row);
            }
        }
        if (!bad.isEmpty()) {
            throw Refusal.badRows(
                    "import " + delivery.getImportId() + " of " + delivery.getSource(),
                    delivery.getRowsCount(),
                    bad,
                    RowCheck.NOTHING_TAKEN);
        }
    }

    private void check(int number, WeatherRow row) {
        Instant from = Instant.ofEpochMilli(row.getFromMs());
        Instant to = Instant.ofEpochMilli(row.getToMs());
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            bad.add(new RowFault(number, "to", to + ": a temperature is the mean of up to a day from " + from));
            return;
        }
        if (!row.getWithdrawn()) {
            (row.getTemperature().isEmpty()
                            ? java.util.Optional.of("'': it is empty; withdraw the row where there is none")
                            : TemperatureText.fault(row.getTemperature()))
                    .ifPresent(why -> bad.add(new RowFault(number, "temperature", why)));
        }
        periods.take(from, to, row.getWithdrawn()).ifPresent(why -> bad.add(new RowFault(number, "timestamp", why)));
    }
}
