package energy.audit.analysis.performance;

import energy.audit.analysis.regression.Series;
import energy.audit.analysis.regression.Tails;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The running sum of actual minus expected energy with what happened on the way. It starts at zero before the first
 * interval; falling means saving.
 *
 * @param points one for each interval, in order of time
 * @param outside events before the first interval, which explain nothing that is shown
 * @param turn where the slope changes, if it changes more than chance would
 */
public record CusumCourse(List<Point> points, List<Event> outside, Optional<Turn> turn) {
    /** Chance at which a change of slope that is none would be reported. */
    private static final double CHANCE = 0.05;

    public CusumCourse {
        points = List.copyOf(points);
        outside = List.copyOf(outside);
    }

    /** @param at on the clock of the site */
    public record Event(LocalDateTime at, String what) {}

    /**
     * @param start of the interval, on the clock of the site
     * @param sum up to the end of the interval, unit of the energy
     * @param events from this start until the next one; the last point takes all later ones
     */
    public record Point(LocalDateTime start, double actual, double expected, double sum, List<Event> events) {
        public Point {
            events = List.copyOf(events);
        }
    }

    /**
     * A change of performance.
     *
     * @param index of the last point before it
     * @param before mean of actual − expected of an interval up to it
     * @param after the same from there on
     * @param p chance that two means differ so much where nothing changed, Bonferroni's bound over all places tried
     */
    public record Turn(int index, double before, double after, double p) {}

    /**
     * @param starts of the intervals, ascending
     * @param actual one for each start
     * @param expected one for each start, same unit
     */
    public static CusumCourse of(List<LocalDateTime> starts, Series actual, Series expected, List<Event> events) {
        if (starts.size() != actual.size()) {
            throw new IllegalArgumentException(starts.size() + " starts and " + actual.size() + " energies");
        }
        double[] sums = Cusum.of(actual, expected);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            boolean last = i == sums.length - 1;
            LocalDateTime from = starts.get(i);
            LocalDateTime until = last ? LocalDateTime.MAX : starts.get(i + 1);
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("interval " + until + " does not follow " + from);
            }
            points.add(new Point(
                    from,
                    actual.at(i),
                    expected.at(i),
                    sums[i],
                    events.stream()
                            .filter(e -> !e.at().isBefore(from) && e.at().isBefore(until))
                            .toList()));
        }
        List<Event> outside = events.stream()
                .filter(e -> points.isEmpty() || e.at().isBefore(starts.get(0)))
                .toList();
        return new CusumCourse(points, outside, turn(actual.values(), expected.values(), sums));
    }

    /** F test of two means against one, with every place tried counted. */
    private static Optional<Turn> turn(double[] actual, double[] expected, double[] sums) {
        int n = sums.length;
        if (n < 6) {
            return Optional.empty();
        }
        int at = Cusum.turn(sums);
        double before = mean(actual, expected, 0, at + 1);
        double after = mean(actual, expected, at + 1, n);
        double whole = mean(actual, expected, 0, n);
        double one = squares(actual, expected, 0, n, whole);
        double two = squares(actual, expected, 0, at + 1, before) + squares(actual, expected, at + 1, n, after);
        double f = (one - two) / (two / (n - 2));
        double p = Math.min(1, (n - 3) * Tails.ofF(f, 1, n - 2));
        return p < CHANCE ? Optional.of(new Turn(at, before, after, p)) : Optional.empty();
    }

    private static double mean(double[] actual, double[] expected, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += actual[i] - expected[i];
        }
        return sum / (to - from);
    }

    private static double squares(double[] actual, double[] expected, int from, int to, double mean) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            double rest = actual[i] - expected[i] - mean;
            squares += rest * rest;
        }
        return squares;
    }
}
