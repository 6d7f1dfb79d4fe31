package energy.audit.analysis.report;

import energy.audit.analysis.register.Consumption;
import energy.audit.analysis.register.IntervalConsumption;
import energy.audit.analysis.register.MeterExchange;
import energy.audit.analysis.register.Quality;
import energy.audit.analysis.register.RegisterEvent;
import energy.audit.analysis.register.RegisterProfile;
import energy.audit.analysis.register.RegisterTimeline;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The formulas that a report's figures name: {@code register-difference/v1} and {@code sum/v1}. */
public final class ReportArithmetic {
    /** Name of {@link #registerDifference} in a report. */
    public static final String REGISTER_DIFFERENCE = "register-difference/v1";
    /** Name of {@link #sum} in a report. */
    public static final String SUM = "sum/v1";

    private ReportArithmetic() {}

    /**
     * Consumption of one register over [from, to): the difference of the register at its ends, times the multiplier,
     * times the energy of a unit. Readings far from the ends only decide what happened between (a rollover, a reset).
     *
     * @param atMs instants of the readings, milliseconds since 1970-01-01T00:00:00Z, ascending
     * @param counts raw counts, one for each instant
     * @param multiplier units for one count, exact
     * @param perUnit figure's unit for one unit, exact: 1, or kWh for a cubic metre
     * @param decimals digits after the point; rounded half to even
     */
    public static FigureValue registerDifference(
            RegisterProfile profile,
            long[] atMs,
            long[] counts,
            Instant from,
            Instant to,
            BigDecimal multiplier,
            BigDecimal perUnit,
            int decimals) {
        return registerDifference(
                List.of(new Scaling(from, profile, multiplier, perUnit)), atMs, counts, List.of(), from, to, decimals);
    }

    /**
     * The same where the metering configuration changes on the way, e.g. a calorific value: the period is cut where the
     * scaling changes, each piece is a register difference of its own, and the exact sum is rounded once. A piece without
     * a value leaves the whole figure without one.
     *
     * @param scalings at least one, ascending by {@code from}; the first covers {@code from} of the period
     * @param exchanges of the meter, any order, one an instant: consumption goes on from old to new register, and their
     *     instants count as read
     */
    public static FigureValue registerDifference(
            List<Scaling> scalings,
            long[] atMs,
            long[] counts,
            List<MeterExchange> exchanges,
            Instant from,
            Instant to,
            int decimals) {
        BigDecimal sum = BigDecimal.ZERO;
        Quality worst = Quality.MEASURED;
        int ends = read(scalings.get(0).profile(), atMs, exchanges, from);
        int boundaries = 1;
        List<RegisterEvent> events = new ArrayList<>();
        Instant start = from;
        for (int i = 0; i < scalings.size(); i++) {
            Instant end = to;
            int next = i + 1;
            while (next < scalings.size() && scalings.get(next).sameAs(scalings.get(i))) {
                next++;
            }
            if (next < scalings.size() && scalings.get(next).from().isBefore(to)) {
                end = scalings.get(next).from();
            }
            if (end.isAfter(start)) {
                Scaling scaling = scalings.get(i);
                Consumption consumption = RegisterTimeline.of(scaling.profile(), atMs, counts, exchanges)
                        .over(List.of(start, end));
                IntervalConsumption piece = consumption.intervals().get(0);
                worst = piece.quality().compareTo(worst) > 0 ? piece.quality() : worst;
                if (piece.counts().isPresent()) {
                    sum = sum.add(BigDecimal.valueOf(piece.counts().getAsLong())
                            .multiply(scaling.multiplier())
                            .multiply(scaling.perUnit()));
                }
                addUntold(consumption.events(), events);
                ends += read(scaling.profile(), atMs, exchanges, end);
                boundaries++;
                start = end;
            }
            i = next - 1;
        }
        String value = worst == Quality.MISSING
                ? ""
                : sum.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        return new FigureValue(
                value, quality(worst), fraction(ends, boundaries), note(events, boundaries - ends, worst));
    }

    /**
     * The sum of figures that are already rounded as printed, so that a reader's own addition agrees to the last digit.
     * A term without a value makes the sum partial and is named; it is not counted as zero.
     */
    public static FigureValue sum(List<String> names, List<FigureValue> terms) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal coverage = BigDecimal.ZERO;
        Quality worst = Quality.MEASURED;
        List<String> without = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            FigureValue term = terms.get(i);
            coverage = coverage.add(new BigDecimal(term.coverage()));
            if (term.value().isEmpty()) {
                without.add(names.get(i));
            } else {
                sum = sum.add(new BigDecimal(term.value()));
                Quality quality = Quality.valueOf(term.quality().toUpperCase(Locale.ROOT));
                worst = quality.compareTo(worst) > 0 ? quality : worst;
            }
        }
        if (without.size() == terms.size()) {
            return new FigureValue("", quality(Quality.MISSING), "0", "no term has a value");
        }
        if (!without.isEmpty()) {
            worst = Quality.PARTIAL;
        }
        return new FigureValue(
                sum.toPlainString(),
                quality(worst),
                share(coverage, terms.size()),
                without.isEmpty() ? "" : "without " + String.join(", ", without) + ": no data");
    }

    /** What happens at a cut happens to both pieces, and is told once. */
    private static void addUntold(List<RegisterEvent> events, List<RegisterEvent> told) {
        told.addAll(events.stream().filter(event -> !told.contains(event)).toList());
    }

    private static String quality(Quality quality) {
        return quality.name().toLowerCase(Locale.ROOT);
    }

    private static String fraction(int part, int whole) {
        return share(BigDecimal.valueOf(part), whole);
    }

    /** A decimal fraction of at most four digits. */
    static String share(BigDecimal part, int whole) {
        return part.divide(BigDecimal.valueOf(whole), 4, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** 1 when a reading, by the agent or at an exchange, stands on the boundary or inside the tolerance. */
    private static int read(RegisterProfile profile, long[] atMs, List<MeterExchange> exchanges, Instant boundary) {
        long tolerance = profile.boundaryTolerance().toMillis();
        for (MeterExchange exchange : exchanges) {
            if (Math.abs(exchange.at().toEpochMilli() - boundary.toEpochMilli()) <= tolerance) {
                return 1;
            }
        }
        for (long at : atMs) {
            if (Math.abs(at - boundary.toEpochMilli()) <= tolerance) {
                return 1;
            }
        }
        return 0;
    }

    private static String note(List<RegisterEvent> events, int unread, Quality quality) {
        List<String> words = new ArrayList<>();
        for (RegisterEvent event : events) {
            // between boundary readings there are gaps by design: coverage tells about the real ones
            if (event.kind() != RegisterEvent.Kind.GAP) {
                words.add(event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " at " + event.at() + ": "
                        + event.detail());
            }
        }
        if (unread > 0 && quality == Quality.MISSING) {
            words.add("no reading near " + (unread == 1 ? "one end" : "both ends"));
        }
        return String.join("; ", words);
    }
}
