package energy.audit.consumption;

import energy.audit.analysis.register.RegisterEvent;
import energy.audit.analysis.register.RegisterProfile;
import energy.audit.analysis.register.RegisterReading;
import energy.audit.analysis.register.RegisterTimeline;
import energy.audit.consumption.ExchangeCheck.Count;
import energy.audit.consumption.ExchangeCheck.Doubt;
import energy.audit.consumption.ExchangeCheck.Kind;
import energy.audit.evidence.wire.ExchangedRegister;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.Reading;
import energy.audit.ingest.ReadingsAround;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Lays an exchange's counts beside the readings next to it, and judges each step as the derivation would. */
final class ExchangeExamination {
    private static final Set<RegisterEvent.Kind> DOUBTFUL =
            Set.of(RegisterEvent.Kind.IMPLAUSIBLE, RegisterEvent.Kind.RESET);

    private final Ingest ingest;
    private final Function<ChannelId, Optional<Counter>> counters;

    ExchangeExamination(Ingest ingest, Function<ChannelId, Optional<Counter>> counters) {
        this.ingest = ingest;
        this.counters = counters;
    }

    List<ExchangeCheck> of(MeterExchange exchange) {
        Instant at = Instant.ofEpochMilli(exchange.getAtMs());
        List<ExchangeCheck> checks = new ArrayList<>();
        for (int i = 0; i < exchange.getRegistersCount(); i++) {
            ExchangedRegister register = exchange.getRegisters(i);
            ChannelId channel = ChannelId.of(register.getChannel());
            Optional<Counter> counter = counters.apply(channel);
            if (counter.isPresent()) {
                checks.add(check(i, channel, counter.get(), register, at));
            }
        }
        return checks;
    }

    private ExchangeCheck check(int index, ChannelId channel, Counter counter, ExchangedRegister register, Instant at) {
        Optional<Reading> lastOld = around(channel, at).before();
        ReadingsAround later = around(channel, at.plusMillis(1));
        Optional<Reading> firstNew =
                later.inside().size() > 0 ? Optional.of(later.inside().get(0)) : later.after();
        List<Doubt> doubts = new ArrayList<>();
        lastOld.flatMap(reading -> doubt(
                        counter.scaleAt(at.minusMillis(1)).profile(),
                        new RegisterReading(reading.at(), reading.count()),
                        new RegisterReading(at, register.getOldFinalCount())))
                .ifPresent(kind -> doubts.add(
                        new Doubt(Count.OLD_FINAL, kind, register.getOldFinalCount(), lastOld.orElseThrow())));
        firstNew.flatMap(reading -> doubt(
                        counter.scaleAt(at).profile(),
                        new RegisterReading(at, register.getNewInitialCount()),
                        new RegisterReading(reading.at(), reading.count())))
                .ifPresent(kind -> doubts.add(
                        new Doubt(Count.NEW_INITIAL, kind, register.getNewInitialCount(), firstNew.orElseThrow())));
        return new ExchangeCheck(index, channel, lastOld, firstNew, doubts);
    }

    private ReadingsAround around(ChannelId channel, Instant at) {
        return ingest.readingsAround(channel, Period.of(at, at.plusMillis(1)), LogSize.NEWEST);
    }

    private static Optional<Kind> doubt(RegisterProfile profile, RegisterReading from, RegisterReading to) {
        boolean doubtful = RegisterTimeline.of(profile, List.of(from, to), List.of()).events().stream()
                .anyMatch(event -> DOUBTFUL.contains(event.kind()));
        return doubtful ? Optional.of(to.count() < from.count() ? Kind.BACKWARDS : Kind.TOO_MUCH) : Optional.empty();
    }
}
