package energy.audit.report;

import energy.audit.evidence.wire.Figure;
import energy.audit.log.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a report says otherwise than the same report on an earlier prefix of the log, and which entries made the
 * difference. The earlier report stays what it was: this only explains.
 *
 * @param earlierSize entries that the earlier report is a function of
 * @param changes figures whose value or quality differs, or that the earlier one did not have, in the order of their ids
 * @param gone figures of the earlier one that there are no more
 * @param unchanged number of figures that both give alike
 */
record KnownSince(long earlierSize, List<Change> changes, List<Figure> gone, int unchanged) {
    KnownSince {
        changes = List.copyOf(changes);
        gone = List.copyOf(gone);
    }

    /** @param before empty: the earlier report did not have it */
    record Change(Figure now, Optional<Figure> before, List<Cause> causes) {
        Change {
            causes = List.copyOf(causes);
        }
    }

    /** @param entries attached to the newer report, in log order */
    static KnownSince of(long earlierSize, List<Figure> earlier, List<Figure> newer, Iterable<StoredEntry> entries) {
        Map<String, Figure> before = new HashMap<>();
        earlier.forEach(figure -> before.put(identity(figure), figure));
        LaterEntries later = new LaterEntries(earlierSize, entries);
        List<Change> changes = new ArrayList<>();
        int unchanged = 0;
        for (Figure now : newer) {
            Optional<Figure> then = Optional.ofNullable(before.remove(identity(now)));
            if (then.isPresent()
                    && then.get().getValue().equals(now.getValue())
                    && then.get().getQuality().equals(now.getQuality())) {
                unchanged++;
            } else {
                changes.add(new Change(now, then, later.causes(now)));
            }
        }
        List<Figure> gone = earlier.stream()
                .filter(figure -> before.containsKey(identity(figure)))
                .toList();
        return new KnownSince(earlierSize, changes, gone, unchanged);
    }

    /** Ids are given out anew in each report; this is what a figure is about. */
    private static String identity(Figure figure) {
        return String.join(
                "|",
                figure.getSite(),
                figure.getMeter(),
                figure.getChannel(),
                figure.getEnergySource(),
                figure.getFormula(),
                figure.getUnit(),
                figure.getEnpi(),
                Integer.toString(figure.getBaseline()),
                figure.getOf(),
                Long.toString(figure.getFromMs()),
                Long.toString(figure.getToMs()));
    }
}
