package energy.audit.analysis.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What approved non-routine adjustments do to a reporting period. An adjustment says an amount for all of its days, so it counts
 * whole or stops the claim: there is no part of it that somebody has approved.
 *
 * @param counted those whose days lie in the period
 * @param total kWh, added to the adjusted baseline
 * @param against one sentence for each that lies in the period only partly, or on intervals that are left out
 */
public record EnpiAdjustments(List<Approved> counted, BigDecimal total, List<String> against) {
    /** There are none. */
    public static final EnpiAdjustments NONE = new EnpiAdjustments(List.of(), BigDecimal.ZERO, List.of());

    public EnpiAdjustments {
        counted = List.copyOf(counted);
        against = List.copyOf(against);
    }

    /**
     * An adjustment that somebody other than its author has approved.
     *
     * @param number within the indicator
     * @param kwh added to the adjusted baseline; negative takes away
     * @param fromMs begin of its first day, Unix milliseconds
     * @param toMs end of its last day
     */
    public record Approved(int number, BigDecimal kwh, long fromMs, long toMs) {}

    /** One of the reporting period, in order. @param usable it has energy and all variables */
    public record Interval(long fromMs, long toMs, boolean usable) {}

    /** @param intervals of the reporting period, all of them, in order */
    public static EnpiAdjustments of(List<Approved> approved, List<Interval> intervals) {
        if (intervals.isEmpty()) {
            return NONE;
        }
        long first = intervals.get(0).fromMs();
        long last = intervals.get(intervals.size() - 1).toMs();
        List<Approved> counted = new ArrayList<>();
        List<String> against = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        for (Approved each : approved) {
            if (each.toMs() <= first || each.fromMs() >= last) {
                continue;
            }
            if (each.fromMs() < first || each.toMs() > last) {
                against.add("Adjustment " + each.number() + " applies from " + Instant.ofEpochMilli(each.fromMs())
                        + " to " + Instant.ofEpochMilli(each.toMs())
                        + " and lies only partly in the reporting period; nobody has approved a part of it.");
                continue;
            }
            long leftOut = intervals.stream()
                    .filter(interval ->
                            !interval.usable() && interval.fromMs() < each.toMs() && interval.toMs() > each.fromMs())
                    .count();
            if (leftOut > 0) {
                against.add("Adjustment " + each.number() + " applies to " + leftOut
                        + " of the intervals that are left out; nobody has approved a part of it.");
                continue;
            }
            counted.add(each);
            total = total.add(each.kwh());
        }
        return new EnpiAdjustments(counted, total, against);
    }

    /** The adjusted baseline with them. @param modelled without them, kWh */
    public double adjust(double modelled) {
        return counted.isEmpty() || !Double.isFinite(modelled)
                ? modelled
                : new BigDecimal(modelled).add(total).doubleValue();
    }
}
