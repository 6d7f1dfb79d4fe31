package energy.audit.plant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When the old data logger got no answer: some hours of one meter now and then, one meter for days, a whole site twice. */
final class Outages {
    private static final int WEEKS = 110;
    private static final double PER_METER_AND_WEEK = 1 / 300.0;
    private final Map<String, List<Span>> spans = new HashMap<>();

    private record Span(Instant from, Instant to) {
        boolean contains(Instant at) {
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    Outages(String site, List<Meter> meters, Instant anchor, long seed) {
        for (Meter meter : meters) {
            if (!meter.isMain()) {
                byChance(Noise.of(seed, site + "/" + meter.id() + "/outage"), meter.id(), anchor);
            }
        }
        if (site.equals("foundry-north")) {
            // a torn cable that was mended after the weekend
            span("compressor-2", anchor, Duration.ofHours(97 * 24 + 15), Duration.ofHours(79));
            meters.forEach(m -> span(m.id(), anchor, Duration.ofHours(254 * 24 + 10), Duration.ofMinutes(95)));
        }
        if (site.equals("harbor-bakery")) {
            meters.forEach(m -> span(m.id(), anchor, Duration.ofHours(151 * 24 + 3), Duration.ofMinutes(280)));
        }
    }

    boolean isUnreachable(Meter meter, Instant at) {
        return spans.getOrDefault(meter.id(), List.of()).stream().anyMatch(span -> span.contains(at));
    }

    private void byChance(Noise noise, String meter, Instant anchor) {
        for (int week = 0; week < WEEKS; week++) {
            if (noise.uniform(3L * week) < PER_METER_AND_WEEK) {
                Duration start = Duration.ofMinutes((long) ((week + noise.uniform(3L * week + 1)) * 7 * 1440));
                span(meter, anchor, start, Duration.ofMinutes(60 + (long) (420 * noise.uniform(3L * week + 2))));
            }
        }
    }

    private void span(String meter, Instant anchor, Duration after, Duration length) {
        Instant from = anchor.plus(after);
        spans.computeIfAbsent(meter, m -> new ArrayList<>()).add(new Span(from, from.plus(length)));
    }
}
