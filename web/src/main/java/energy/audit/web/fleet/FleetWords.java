package energy.audit.web.fleet;

import energy.audit.web.shell.Words;
import java.math.BigDecimal;
import java.time.Duration;

/** Durations, sizes and shares as people say them. */
final class FleetWords {
    private static final long KIB = 1024;

    private final Words words;

    FleetWords(Words words) {
        this.words = words;
    }

    /** 41 ms, 10 s, 2 min, 3 h, 5 d: the largest unit of which there are two. */
    String duration(Duration duration) {
        long ms = Math.max(0, duration.toMillis());
        if (ms < 1_000) {
            return words.whole(ms) + " ms";
        }
        if (ms < 120_000) {
            return words.number(BigDecimal.valueOf(ms, 3), ms < 10_000 && ms % 1_000 != 0 ? 1 : 0) + " s";
        }
        if (ms < 2 * 3_600_000L) {
            return words.whole(Math.round(ms / 60_000.0)) + " min";
        }
        if (ms < 48 * 3_600_000L) {
            return words.whole(Math.round(ms / 3_600_000.0)) + " h";
        }
        return words.whole(Math.round(ms / 86_400_000.0)) + " " + words.text("fleet.days");
    }

    /** 512 KiB, 1.4 GiB. */
    String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = 0;
        while (value >= KIB && unit < units.length - 1) {
            value /= KIB;
            unit++;
        }
        return words.number(BigDecimal.valueOf(value), value < 10 && unit > 0 ? 1 : 0) + " " + units[unit];
    }

    /** A share of failures: none only when there was none. */
    String rate(double share) {
        if (share == 0) {
            return words.number(BigDecimal.ZERO, 0) + " %";
        }
        double percent = share * 100;
        return percent < 0.01
                ? "< " + words.number(new BigDecimal("0.01"), 2) + " %"
                : words.number(BigDecimal.valueOf(percent), percent < 10 ? 2 : 1) + " %";
    }
}
