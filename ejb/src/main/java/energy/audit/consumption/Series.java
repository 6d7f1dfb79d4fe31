package energy.audit.consumption;

import java.util.List;

/** Intervals of one channel for a chart, in the finest length that stays below the number of points asked for. */
public record Series(Resolution resolution, List<Interval> intervals) {
    public Series {
        intervals = List.copyOf(intervals);
    }
}
