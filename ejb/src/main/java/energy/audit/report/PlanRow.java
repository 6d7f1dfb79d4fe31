package energy.audit.report;

import java.util.List;

/**
 * A line of a table before its numbers are known: which figure stands in which month.
 *
 * @param label of the meter, or the energy source for a sum
 * @param meter id in the site; empty for a sum
 * @param source electricity, gas, water, heat or none
 * @param quantity what is counted, e.g. active-energy-import; energy for a sum
 * @param unit of all its figures
 * @param depth 0: measured at the boundary of the site (counts in sums); more: a part of the meter above it
 * @param figures ids, one a span
 * @param total id of the figure over the whole period
 */
record PlanRow(
        String label,
        String meter,
        String source,
        String quantity,
        String unit,
        int depth,
        List<String> figures,
        String total) {
    PlanRow {
        figures = List.copyOf(figures);
    }

    boolean isSum() {
        return meter.isEmpty();
    }
}
