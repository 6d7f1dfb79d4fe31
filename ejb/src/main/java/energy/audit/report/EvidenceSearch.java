package energy.audit.report;

import energy.audit.analysis.register.RegisterEvent;
import energy.audit.analysis.report.FigureValue;
import energy.audit.evidence.AttachedReadings;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.wire.Figure;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.Readings;
import energy.audit.ingest.StoredGap;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.log.StoredEntry;
import energy.audit.log.TenantLog;
import energy.audit.report.ReportContent.ChannelQuality;
import energy.audit.report.ReportContent.RegisterNote;
import energy.audit.report.ReportContent.SignedGap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the batches whose readings decide the figures, and computes the figures from those batches alone. It starts with
 * the boundaries and with what the register did on the way; where that gives another value than all readings together,
 * it attaches all batches of that figure's period.
 */
final class EvidenceSearch {
    private static final Duration REACH = Duration.ofHours(2);
    private static final long QUARTER_MS = Duration.ofMinutes(15).toMillis();
    private static final long TOLERANCE_MS = 5_000;

    private final Ingest ingest;
    private final TenantLog log;
    private final LogSize size;
    private final TreeMap<Long, StoredEntry> batches = new TreeMap<>();
    private final AttachedReadings attached = new AttachedReadings();

    EvidenceSearch(Ingest ingest, TenantLog log, LogSize size) {
        this.ingest = ingest;
        this.log = log;
        this.size = size;
    }

    /** What was found: values by figure id, and how complete each register is. */
    record Found(Map<String, FigureValue> values, List<ChannelQuality> quality, Collection<StoredEntry> batches) {}

    Found find(List<PrintedChannel> channels) {
        Map<String, FigureValue> expected = new HashMap<>();
        List<ChannelQuality> quality = new ArrayList<>();
        for (PrintedChannel channel : channels) {
            ChannelId id = ChannelId.of(channel.channel());
            Period all = Period.of(channel.from().minus(REACH), channel.to().plus(REACH));
            Readings readings = ingest.readingsAround(id, all, size).all();
            for (Figure figure : channel.figures()) {
                expected.put(figure.getId(), channel.value(figure, readings.atMs(), readings.counts()));
            }
            List<RegisterEvent> events = channel.events(readings.atMs(), readings.counts());
            List<Long> deciding = new ArrayList<>(ingest.batchesHolding(id, channel.boundaries(), size));
            events.forEach(event -> deciding.addAll(around(readings, event.at().toEpochMilli())));
            attach(deciding);
            if (!channel.exact()) {
                quality.add(quality(channel, readings, events));
            }
        }
        Map<String, FigureValue> values = values(channels, size);
        if (attachWhatElseDecides(channels, values, expected)) {
            values = values(channels, size);
        }
        return new Found(values, quality, batches.values());
    }

    /** By figure id, from the attached batches below a log size. */
    Map<String, FigureValue> values(List<PrintedChannel> channels, LogSize known) {
        Map<String, FigureValue> values = new HashMap<>();
        for (PrintedChannel channel : channels) {
            List<AttachedReadings.Read> reads = attached.of(channel.channel()).stream()
                    .filter(read -> known.covers(read.logIndex()))
                    .toList();
            long[] atMs = reads.stream().mapToLong(AttachedReadings.Read::atMs).toArray();
            long[] counts =
                    reads.stream().mapToLong(AttachedReadings.Read::count).toArray();
            channel.figures().forEach(figure -> values.put(figure.getId(), channel.value(figure, atMs, counts)));
        }
        return values;
    }

    private boolean attachWhatElseDecides(
            List<PrintedChannel> channels, Map<String, FigureValue> values, Map<String, FigureValue> expected) {
        boolean more = false;
        for (PrintedChannel channel : channels) {
            for (Figure figure : channel.figures()) {
                FigureValue now = values.get(figure.getId());
                FigureValue full = expected.get(figure.getId());
                if (now != null
                        && full != null
                        && !(now.value().equals(full.value()) && now.quality().equals(full.quality()))) {
                    Period all = Period.of(
                            Instant.ofEpochMilli(figure.getFromMs()).minus(REACH),
                            Instant.ofEpochMilli(figure.getToMs()).plus(REACH));
                    attach(Arrays.stream(ingest.readings(ChannelId.of(channel.channel()), all, size)
                                    .logIndexes())
                            .boxed()
                            .toList());
                    more = true;
                }
            }
        }
        return more;
    }

    /** Batches that somebody else needs. */
    void attachAll(Collection<StoredEntry> others) {
        attach(others.stream().map(StoredEntry::index).toList());
    }

    private void attach(Collection<Long> indexes) {
        List<Long> missing = indexes.stream()
                .distinct()
                .filter(index -> !batches.containsKey(index))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        for (StoredEntry entry : log.entries(missing)) {
            try {
                attached.add(entry.index(), OpenedBatch.parse(entry.payload()));
            } catch (MalformedEvidence e) {
                throw new Fault(
                        "LOG_DAMAGED",
                        "entry " + entry.index() + " of the log",
                        "it is no readable batch: " + e.getMessage(),
                        "Stop issuing reports; compare the log with a backup.",
                        e);
            }
            batches.put(entry.index(), entry);
        }
    }

    /** The batches of the readings next to an event: the one before, its own, and two after that confirm it. */
    private static List<Long> around(Readings readings, long atMs) {
        int at = Arrays.binarySearch(readings.atMs(), atMs);
        int middle = at >= 0 ? at : -at - 1;
        List<Long> indexes = new ArrayList<>();
        for (int i = Math.max(0, middle - 2); i <= Math.min(readings.size() - 1, middle + 2); i++) {
            indexes.add(readings.logIndexes()[i]);
        }
        return indexes;
    }

    private ChannelQuality quality(PrintedChannel channel, Readings readings, List<RegisterEvent> events) {
        Period period = Period.of(channel.from(), channel.to());
        List<SignedGap> gaps = new ArrayList<>();
        for (StoredGap gap : ingest.gaps(ChannelId.of(channel.channel()), period, size)) {
            gaps.add(new SignedGap(gap.from(), gap.to(), gap.cause().name()));
        }
        long planned = 0;
        long present = 0;
        int reading = 0;
        long[] atMs = readings.atMs();
        for (long at = period.from().toEpochMilli(); at <= period.to().toEpochMilli(); at += QUARTER_MS) {
            planned++;
            while (reading < atMs.length && atMs[reading] < at - TOLERANCE_MS) {
                reading++;
            }
            if (reading < atMs.length && atMs[reading] <= at + TOLERANCE_MS) {
                present++;
            }
        }
        List<RegisterNote> notes = events.stream()
                .map(event -> new RegisterNote(event.at(), event.kind().name(), event.detail()))
                .toList();
        return new ChannelQuality(channel.site(), channel.meter(), channel.channel(), planned, present, gaps, notes);
    }
}
