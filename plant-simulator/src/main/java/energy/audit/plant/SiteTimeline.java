package energy.audit.plant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What every register of a site shows at any second since the anchor. Goes forward by stepping; goes back to a state kept
 * once a day and steps from there.
 */
final class SiteTimeline {
    private static final long MINUTES_BETWEEN_KEPT = 1440;
    private final Supplier<SiteModel> build;
    private final long anchorMinute;
    private final Interventions interventions;
    private final Run live;
    private final List<Place> places;
    private final Map<String, Integer> positions = new HashMap<>();
    private final TreeMap<Long, SiteState.Kept> kept = new TreeMap<>();
    private final Map<Instant, long[]> countedAtExchange = new HashMap<>();
    private Run past;
    private long shownSecond = Long.MIN_VALUE;
    private long[] shown = new long[0];

    /** A channel and the meter that it belongs to. */
    record Place(Meter meter, Channel channel) {}

    SiteTimeline(Supplier<SiteModel> build, Instant anchor, Interventions interventions) {
        this.build = build;
        this.anchorMinute = Math.floorDiv(anchor.getEpochSecond(), 60L);
        this.interventions = interventions;
        this.live = new Run(build.get());
        this.past = live;
        this.places = live.places;
        for (int i = 0; i < places.size(); i++) {
            positions.put(places.get(i).channel().id(), i);
        }
    }

    /** One model and the minute it stands at. */
    private final class Run {
        private final SiteModel model;
        private final List<Place> places = new ArrayList<>();
        private long minute = anchorMinute;

        private Run(SiteModel model) {
            this.model = model;
            for (Meter meter : model.meters()) {
                meter.channels().forEach(channel -> places.add(new Place(meter, channel)));
            }
            model.step(minute, interventions.disturbances(model.identity().id(), minute));
        }

        private void advanceTo(long target) {
            while (minute < target) {
                if (this == live && (minute - anchorMinute) % MINUTES_BETWEEN_KEPT == 0) {
                    kept.putIfAbsent(minute, model.state().keep());
                }
                model.state().endMinute();
                minute++;
                model.step(minute, interventions.disturbances(model.identity().id(), minute));
            }
        }
    }

    SiteModel.Identity identity() {
        return live.model.identity();
    }

    List<Meter> meters() {
        return live.model.meters();
    }

    /** All channels, in the order of {@link #countsAt}. */
    List<Place> places() {
        return places;
    }

    /** Where a channel stands in the order, or -1. */
    int position(String channel) {
        return positions.getOrDefault(channel, -1);
    }

    /** The raw counts that all registers show in that second. Registers are renewed once a second. */
    synchronized long[] countsAt(Instant at) {
        long second = at.getEpochSecond();
        if (second == shownSecond) {
            return shown.clone();
        }
        long minute = Math.floorDiv(second, 60L);
        if (minute < anchorMinute) {
            throw new IllegalArgumentException("The plant " + identity().id() + " begins at "
                    + Instant.ofEpochSecond(anchorMinute * 60) + "; asked for " + at + ". Ask for a later instant.");
        }
        long[] counts = countedAt(second);
        exchange(counts, Instant.ofEpochSecond(second));
        distort(counts, Instant.ofEpochSecond(second));
        shownSecond = second;
        shown = counts;
        return counts.clone();
    }

    /** What the first meters of each place have counted. */
    private long[] countedAt(long second) {
        Run run = runAt(Math.floorDiv(second, 60L));
        long[] counts = new long[run.places.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = run.places.get(i).channel().countAt(second);
        }
        return counts;
    }

    /** Forgets what is computed ahead of a change; the second that runs may have to show something else. */
    synchronized void interventionsChanged() {
        shownSecond = Long.MIN_VALUE;
    }

    private Run runAt(long minute) {
        if (minute >= live.minute) {
            live.advanceTo(minute);
            return live;
        }
        long day = kept.floorKey(minute);
        if (past == live) {
            past = new Run(build.get());
        }
        if (past.minute > minute || past.minute < day) {
            past.model.state().putBack(kept.floorEntry(minute).getValue());
            past.minute = day;
        }
        past.advanceTo(minute);
        return past;
    }

    /** The counters of a meter that was put in later begin at 0. */
    private void exchange(long[] counts, Instant at) {
        for (int i = 0; i < counts.length; i++) {
            Channel channel = places.get(i).channel();
            Optional<Instant> since = channel.isCounter()
                    ? interventions.exchangedSince(
                            identity().id(), places.get(i).meter().id(), at)
                    : Optional.empty();
            if (since.isPresent()) {
                long[] then = countedAtExchange.computeIfAbsent(since.get(), from -> countedAt(from.getEpochSecond()));
                counts[i] = Math.floorMod(counts[i] - then[i], channel.modulus());
            }
        }
    }

    private void distort(long[] counts, Instant at) {
        String site = identity().id();
        for (int i = 0; i < counts.length; i++) {
            Channel channel = places.get(i).channel();
            String meter = places.get(i).meter().id();
            if (interventions.isActive(Fault.ZERO_GLITCH, site, meter, at)) {
                counts[i] = 0;
            } else if (interventions.isActive(Fault.BAD_VALUE, site, meter, at)) {
                counts[i] = channel.isCounter()
                        ? (counts[i] + channel.modulus() / 3) % channel.modulus()
                        : channel.encoding().countOf(1e9);
            }
        }
    }
}
