package energy.audit.evidence;

import energy.audit.evidence.wire.SignedGap;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The gaps that people have signed for in a prefix of the log: of those of one site, meter and period the newest entry
 * counts, and none where it withdraws the gap. docs/evidence-format.md, section 6.
 */
public final class GapsInForce {
    private static final Comparator<Place> BY_TIME = Comparator.comparing(Place::site)
            .thenComparingLong(Place::fromMs)
            .thenComparingLong(Place::toMs)
            .thenComparing(Place::meter);

    private final Map<Place, Logged> newest = new TreeMap<>(BY_TIME);
    private int taken;

    private record Place(String site, String meter, long fromMs, long toMs) {}

    /**
     * A gap and where it stands in the log.
     *
     * @param by who signed for it
     */
    public record Logged(long logIndex, String by, SignedGap gap) {
        /** Whether it speaks of a meter at some instant of [fromMs, toMs). */
        public boolean covers(String site, String meter, long fromMs, long toMs) {
            return gap.getSite().equals(site)
                    && (gap.getMeter().isEmpty() || gap.getMeter().equals(meter))
                    && gap.getFromMs() < toMs
                    && gap.getToMs() > fromMs;
        }
    }

    /**
     * Takes the next entry, in the order of the log.
     *
     * @param by the entry's actor
     * @throws MalformedEvidence if it says nothing that can be
     */
    public void add(long logIndex, String by, SignedGap gap) throws MalformedEvidence {
        String thing = "log entry " + logIndex;
        if (gap.getSite().isEmpty() || gap.getFromMs() >= gap.getToMs()) {
            throw new MalformedEvidence(thing, "signed gap", "it names no site, or no period");
        }
        if (gap.getReason().isEmpty()) {
            throw new MalformedEvidence(thing, "signed gap", "it gives no reason");
        }
        newest.put(
                new Place(gap.getSite(), gap.getMeter(), gap.getFromMs(), gap.getToMs()),
                new Logged(logIndex, by, gap));
        taken++;
    }

    /** How many entries were taken, those that were replaced included. */
    public int count() {
        return taken;
    }

    /** By site and time; without those that were replaced or withdrawn. */
    public List<Logged> all() {
        return newest.values().stream()
                .filter(logged -> !logged.gap().getWithdrawn())
                .toList();
    }

    /** Those of some sites that touch [fromMs, toMs), by their place in the log. */
    public List<Logged> printed(List<String> sites, long fromMs, long toMs) {
        return all().stream()
                .filter(logged -> sites.contains(logged.gap().getSite())
                        && logged.gap().getFromMs() < toMs
                        && logged.gap().getToMs() > fromMs)
                .sorted(Comparator.comparingLong(Logged::logIndex))
                .toList();
    }
}
