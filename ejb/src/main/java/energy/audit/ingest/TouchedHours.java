package energy.audit.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * A stretch of hours of a channel that have new readings.
 *
 * @param channel its number
 * @param fromMs beginning of the first hour, ms since 1970
 * @param hours 1 to 24
 */
record TouchedHours(int channel, long fromMs, int hours) {
    static final long HOUR_MS = 3_600_000;
    static final int LONGEST = 24;

    static TouchedHours one(int channel, long hourMs) {
        return new TouchedHours(channel, hourMs, 1);
    }

    /** Joins hours that follow each other, up to a day. @param single stretches of one hour, each there once */
    static List<TouchedHours> joined(Collection<TouchedHours> single) {
        List<TouchedHours> sorted = new ArrayList<>(single);
        sorted.sort(Comparator.comparingInt(TouchedHours::channel).thenComparingLong(TouchedHours::fromMs));
        List<TouchedHours> joined = new ArrayList<>();
        for (TouchedHours next : sorted) {
            TouchedHours last = joined.isEmpty() ? next : joined.get(joined.size() - 1);
            if (!joined.isEmpty()
                    && last.channel == next.channel
                    && last.fromMs + last.hours * HOUR_MS == next.fromMs
                    && last.hours < LONGEST) {
                joined.set(joined.size() - 1, new TouchedHours(last.channel, last.fromMs, last.hours + 1));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }

    void each(Consumer<Instant> hour) {
        for (int i = 0; i < hours; i++) {
            hour.accept(Instant.ofEpochMilli(fromMs + i * HOUR_MS));
        }
    }
}
