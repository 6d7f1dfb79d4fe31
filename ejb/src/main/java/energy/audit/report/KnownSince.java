package energy.audit.report;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.kernel.Fault;
import energy.audit.log.StoredEntry;
import java.time.Duration;
import java.time.Instant;
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
    /** Readings so far outside a figure's period can decide its ends. */
    private static final Duration REACH = Duration.ofHours(2);

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

    /** Why a figure differs. */
    sealed interface Cause {
        /** Readings that came later. */
        record Readings(long logIndex, Instant admittedAt) implements Cause {}

        /** A configuration that came later. */
        record Configuration(long logIndex, Instant admittedAt, Instant effectiveFrom) implements Cause {}

        /** A sum whose terms differ. */
        record Terms() implements Cause {}
    }

    /** @param entries attached to the newer report */
    static KnownSince of(long earlierSize, List<Figure> earlier, List<Figure> newer, Iterable<StoredEntry> entries) {
        Map<String, Figure> before = new HashMap<>();
        earlier.forEach(figure -> before.put(identity(figure), figure));
        List<Later> later = later(earlierSize, entries);
        List<Change> changes = new ArrayList<>();
        int unchanged = 0;
        for (Figure now : newer) {
            Optional<Figure> then = Optional.ofNullable(before.remove(identity(now)));
            if (then.isPresent()
                    && then.get().getValue().equals(now.getValue())
                    && then.get().getQuality().equals(now.getQuality())) {
                unchanged++;
            } else {
                changes.add(new Change(now, then, causes(now, later)));
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
                Long.toString(figure.getFromMs()),
                Long.toString(figure.getToMs()));
    }

    /** An entry that the earlier report could not know, opened. */
    private record Later(
            StoredEntry entry, Optional<OpenedBatch> batch, Optional<MeteringConfiguration> configuration) {}

    private static List<Later> later(long earlierSize, Iterable<StoredEntry> entries) {
        List<Later> later = new ArrayList<>();
        for (StoredEntry entry : entries) {
            if (entry.index() < earlierSize) {
                continue;
            }
            try {
                if (entry.kind() == EntryKind.TELEMETRY_BATCH) {
                    later.add(new Later(entry, Optional.of(OpenedBatch.parse(entry.payload())), Optional.empty()));
                } else if (entry.kind() == EntryKind.METERING_CONFIGURATION) {
                    later.add(new Later(
                            entry, Optional.empty(), Optional.of(MeteringConfiguration.parseFrom(entry.payload()))));
                }
            } catch (MalformedEvidence | InvalidProtocolBufferException e) {
                throw new Fault(
                        "LOG_DAMAGED",
                        "entry " + entry.index() + " of the log",
                        String.valueOf(e.getMessage()),
                        "Stop issuing reports; compare the log with a backup.",
                        e);
            }
        }
        return later;
    }

    private static List<Cause> causes(Figure figure, List<Later> later) {
        if (figure.getTermsCount() > 0) {
            return List.of(new Cause.Terms());
        }
        List<Cause> causes = new ArrayList<>();
        for (Later each : later) {
            StoredEntry entry = each.entry();
            if (each.batch().filter(batch -> speaksOf(figure, batch)).isPresent()) {
                causes.add(new Cause.Readings(entry.index(), entry.admittedAt()));
            }
            each.configuration()
                    .filter(configuration -> configuration.getSite().equals(figure.getSite())
                            && configuration.getEffectiveFromMs() < figure.getToMs())
                    .ifPresent(configuration -> causes.add(new Cause.Configuration(
                            entry.index(),
                            entry.admittedAt(),
                            Instant.ofEpochMilli(configuration.getEffectiveFromMs()))));
        }
        return causes;
    }

    private static boolean speaksOf(Figure figure, OpenedBatch batch) {
        long from = figure.getFromMs() - REACH.toMillis();
        long to = figure.getToMs() + REACH.toMillis();
        return batch.channels().stream()
                .filter(channel -> channel.channel().equals(figure.getChannel()))
                .flatMapToLong(channel -> java.util.Arrays.stream(channel.atMs()))
                .anyMatch(at -> at >= from && at <= to);
    }
}
