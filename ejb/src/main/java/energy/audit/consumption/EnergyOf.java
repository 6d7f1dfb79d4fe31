package energy.audit.consumption;

import energy.audit.analysis.register.Boundaries;
import energy.audit.analysis.register.Quality;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.Readings;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Energy over any period, put together from the longest intervals that are derived, and from readings where none is:
 * exact, since all of them are differences of the same register at shared ends.
 */
final class EnergyOf {
    private final IntervalTable table;
    private final Ingest ingest;

    EnergyOf(IntervalTable table, Ingest ingest) {
        this.table = table;
        this.ingest = ingest;
    }

    EnergyAmount over(Counter counter, Period period) {
        List<Part> parts = new ArrayList<>();
        List<Period> open = List.of(period);
        for (Resolution resolution :
                List.of(Resolution.MONTH, Resolution.DAY, Resolution.HOUR, Resolution.QUARTER_HOUR)) {
            List<Period> still = new ArrayList<>();
            for (Period stretch : open) {
                still.addAll(fill(counter, resolution, stretch, parts));
            }
            open = still;
        }
        for (Period stretch : open) {
            parts.add(fromReadings(counter, stretch));
        }
        return joined(parts, period);
    }

    private record Part(EnergyAmount energy, Duration length) {}

    /** Takes the derived intervals that fit into a stretch, and returns what stays open. */
    private List<Period> fill(Counter counter, Resolution resolution, Period stretch, List<Part> parts) {
        if (stretch.duration().compareTo(resolution.about().multipliedBy(9).dividedBy(10)) < 0) {
            return List.of(stretch);
        }
        List<Period> open = new ArrayList<>();
        Instant at = stretch.from();
        for (Interval interval : table.latest(counter.channel().number(), resolution, stretch.from(), stretch.to())) {
            if (interval.start().isBefore(at)
                    || interval.end().isAfter(stretch.to())
                    || interval.energyKwh().isEmpty()) {
                continue;
            }
            if (at.isBefore(interval.start())) {
                open.add(Period.of(at, interval.start()));
            }
            parts.add(new Part(amount(interval), Duration.between(interval.start(), interval.end())));
            at = interval.end();
        }
        if (at.isBefore(stretch.to())) {
            open.add(Period.of(at, stretch.to()));
        }
        return open;
    }

    private Part fromReadings(Counter counter, Period stretch) {
        Period read = Period.of(
                Boundaries.floor(stretch.from(), Boundaries.Step.QUARTER_HOUR, counter.zone()),
                stretch.to().plusMillis(1));
        Readings readings = ingest.readingsAround(counter.channel().id(), read, LogSize.NEWEST)
                .all();
        EnergyAmount energy = readings.size() == 0
                ? EnergyAmount.NONE
                : amount(counter.over(readings, List.of(stretch.from(), stretch.to()))
                        .get(0));
        return new Part(energy, stretch.duration());
    }

    private static EnergyAmount joined(List<Part> parts, Period period) {
        double covered = 0;
        BigDecimal sum = BigDecimal.ZERO;
        Quality worst = Quality.MEASURED;
        boolean some = false;
        boolean all = true;
        for (Part part : parts) {
            covered += part.energy().coverage() * part.length().toMillis();
            if (part.energy().value().isPresent()) {
                sum = sum.add(part.energy().value().get());
                worst = worse(worst, part.energy().quality());
                some = true;
            } else {
                all = false;
            }
        }
        double coverage = Math.min(1, covered / period.duration().toMillis());
        if (!some) {
            return new EnergyAmount(Optional.empty(), Quality.MISSING, coverage);
        }
        return new EnergyAmount(Optional.of(sum), all ? worst : Quality.PARTIAL, coverage);
    }

    static EnergyAmount amount(Interval interval) {
        return new EnergyAmount(interval.energyKwh(), interval.quality(), interval.coverage());
    }

    /** The sum of what is known; PARTIAL when a term has no value. */
    static EnergyAmount sum(List<EnergyAmount> terms) {
        Optional<BigDecimal> sum =
                terms.stream().flatMap(term -> term.value().stream()).reduce(BigDecimal::add);
        if (sum.isEmpty()) {
            return EnergyAmount.NONE;
        }
        boolean whole = terms.stream().allMatch(term -> term.value().isPresent());
        Quality worst = terms.stream()
                .map(EnergyAmount::quality)
                .filter(quality -> quality != Quality.MISSING)
                .max(Comparator.naturalOrder())
                .orElse(Quality.MISSING);
        double coverage =
                terms.stream().mapToDouble(EnergyAmount::coverage).average().orElse(0);
        return new EnergyAmount(sum, whole ? worst : worse(worst, Quality.PARTIAL), coverage);
    }

    private static Quality worse(Quality one, Quality other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
