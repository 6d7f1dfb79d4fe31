package energy.audit.report;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.ExchangedRegister;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.kernel.Fault;
import energy.audit.log.StoredEntry;
import energy.audit.report.Cause.Described;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The attached entries that an earlier report could not know, and what each of them changes for a figure. */
final class LaterEntries {
    /** Readings so far outside a figure's period can decide its ends. */
    private static final Duration REACH = Duration.ofHours(2);

    private final List<Function<Figure, List<Cause>>> later = new ArrayList<>();
    private final Map<String, List<MeteringConfiguration>> configurations = new HashMap<>();

    /** @param entries attached to the newer report, in log order */
    LaterEntries(long earlierSize, Iterable<StoredEntry> entries) {
        for (StoredEntry entry : entries) {
            try {
                take(entry, entry.index() >= earlierSize);
            } catch (MalformedEvidence | InvalidProtocolBufferException e) {
                throw new Fault(
                        "LOG_DAMAGED",
                        "entry " + entry.index() + " of the log",
                        String.valueOf(e.getMessage()),
                        "Stop issuing reports; compare the log with a backup.",
                        e);
            }
        }
    }

    /** In log order; a sum has its terms for a cause. */
    List<Cause> causes(Figure figure) {
        if (figure.getTermsCount() > 0) {
            return List.of(new Cause.Terms());
        }
        return later.stream().flatMap(each -> each.apply(figure).stream()).toList();
    }

    private void take(StoredEntry entry, boolean isLater) throws MalformedEvidence, InvalidProtocolBufferException {
        if (entry.kind() == EntryKind.METERING_CONFIGURATION) {
            MeteringConfiguration configuration = MeteringConfiguration.parseFrom(entry.payload());
            List<MeteringConfiguration> known =
                    configurations.computeIfAbsent(configuration.getSite(), site -> new ArrayList<>());
            List<MeteringConfiguration> before = InForce.of(known);
            known.add(configuration);
            List<MeteringConfiguration> after = InForce.of(known);
            if (isLater) {
                later.add(figure -> described(figure, entry, configuration, before, after));
            }
        } else if (isLater && entry.kind() == EntryKind.TELEMETRY_BATCH) {
            OpenedBatch batch = OpenedBatch.parse(entry.payload());
            later.add(figure -> speaksOf(figure, batch)
                    ? List.of(new Cause.Readings(entry.index(), entry.admittedAt()))
                    : List.of());
        } else if (isLater && entry.kind() == EntryKind.METER_EXCHANGE) {
            MeterExchange exchange = MeterExchange.parseFrom(entry.payload());
            later.add(figure -> exchanged(figure, entry, exchange));
        }
    }

    private static boolean speaksOf(Figure figure, OpenedBatch batch) {
        long from = figure.getFromMs() - REACH.toMillis();
        long to = figure.getToMs() + REACH.toMillis();
        return batch.channels().stream()
                .filter(channel -> channel.channel().equals(figure.getChannel()))
                .flatMapToLong(channel -> java.util.Arrays.stream(channel.atMs()))
                .anyMatch(at -> at >= from && at <= to);
    }

    private static List<Cause> exchanged(Figure figure, StoredEntry entry, MeterExchange exchange) {
        boolean ofFigure = exchange.getSite().equals(figure.getSite())
                && exchange.getMeter().equals(figure.getMeter())
                && exchange.getAtMs() >= figure.getFromMs()
                && exchange.getAtMs() <= figure.getToMs();
        if (!ofFigure) {
            return List.of();
        }
        if (exchange.getWithdrawn()) {
            return List.of(new Cause.Exchange(entry.index(), entry.admittedAt(), exchange, 0, 0));
        }
        for (ExchangedRegister register : exchange.getRegistersList()) {
            if (register.getChannel().equals(figure.getChannel())) {
                return List.of(new Cause.Exchange(
                        entry.index(),
                        entry.admittedAt(),
                        exchange,
                        register.getOldFinalCount(),
                        register.getNewInitialCount()));
            }
        }
        return List.of();
    }

    /** What the configuration says otherwise of the figure's register, at the first instant of its period for each. */
    private static List<Cause> described(
            Figure figure,
            StoredEntry entry,
            MeteringConfiguration configuration,
            List<MeteringConfiguration> before,
            List<MeteringConfiguration> after) {
        if (!configuration.getSite().equals(figure.getSite()) || before.isEmpty()) {
            return List.of();
        }
        TreeSet<Long> instants = new TreeSet<>();
        instants.add(figure.getFromMs());
        before.forEach(each -> instants.add(each.getEffectiveFromMs()));
        after.forEach(each -> instants.add(each.getEffectiveFromMs()));
        List<Cause> causes = new ArrayList<>();
        for (Described described : Described.values()) {
            for (long at : instants.subSet(figure.getFromMs(), figure.getToMs())) {
                Optional<Channel> then = channel(figure, before, at);
                Optional<Channel> now = channel(figure, after, at);
                if (then.isPresent() && now.isPresent() && !same(described, then.get(), now.get())) {
                    causes.add(new Cause.Configuration(
                            entry.index(),
                            entry.admittedAt(),
                            described,
                            Instant.ofEpochMilli(at),
                            shown(described, then.get()),
                            shown(described, now.get()),
                            now.get().getUnit()));
                    break;
                }
            }
        }
        return causes;
    }

    private static Optional<Channel> channel(Figure figure, List<MeteringConfiguration> inForce, long atMs) {
        MeteringConfiguration at = inForce.get(0);
        for (MeteringConfiguration each : inForce) {
            if (each.getEffectiveFromMs() <= atMs) {
                at = each;
            }
        }
        for (Meter meter : at.getMetersList()) {
            for (Channel channel : meter.getChannelsList()) {
                if (channel.getId().equals(figure.getChannel())) {
                    return Optional.of(channel);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean same(Described described, Channel one, Channel other) {
        if (described == Described.REGISTER) {
            return sameNumber(one.getModulus(), other.getModulus())
                    && sameNumber(one.getMaxCountsPerHour(), other.getMaxCountsPerHour());
        }
        return sameNumber(shown(described, one), shown(described, other));
    }

    private static String shown(Described described, Channel channel) {
        if (described == Described.SCALE) {
            return channel.getMultiplier();
        }
        return described == Described.FACTOR ? channel.getEnergyKwhPerUnit() : channel.getModulus();
    }

    private static boolean sameNumber(String one, String other) {
        return one.equals(other)
                || !one.isEmpty() && !other.isEmpty() && new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    }
}
