package energy.audit.consumption;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Gathers ascending readings of a gauge into stretches of equal length. */
final class GaugeBuckets {
    private final long fromMs;
    private final long widthMs;
    private final List<GaugePoint> points = new ArrayList<>();
    private long bucket = -1;
    private double sum;
    private double min;
    private double max;
    private int count;

    GaugeBuckets(Instant from, long widthMs) {
        this.fromMs = from.toEpochMilli();
        this.widthMs = widthMs;
    }

    void add(long atMs, double value) {
        long at = Math.floorDiv(atMs - fromMs, widthMs);
        if (at != bucket) {
            flush();
            bucket = at;
            sum = 0;
            min = value;
            max = value;
            count = 0;
        }
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        count++;
    }

    List<GaugePoint> points() {
        flush();
        count = 0;
        return List.copyOf(points);
    }

    private void flush() {
        if (count > 0) {
            Instant start = Instant.ofEpochMilli(fromMs + bucket * widthMs);
            points.add(new GaugePoint(start, start.plusMillis(widthMs), sum / count, min, max, count));
        }
    }
}
