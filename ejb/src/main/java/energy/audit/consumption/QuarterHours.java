package energy.audit.consumption;

import energy.audit.analysis.derived.Amount;
import energy.audit.analysis.register.Quality;
import energy.audit.kernel.Period;
import energy.audit.metering.Channel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Energy of several registers together, quarter hour by quarter hour: what one of them lacks, the sum lacks. */
final class QuarterHours {
    private static final Duration LENGTH = Duration.ofMinutes(15);

    private QuarterHours() {}

    /** @return one for each quarter hour of the period, kWh */
    static List<Amount> of(IntervalTable table, List<Channel> channels, Period period) {
        List<Map<Instant, Interval>> byChannel = new ArrayList<>();
        for (Channel channel : channels) {
            Map<Instant, Interval> intervals = new HashMap<>();
            table.latest(channel.number(), Resolution.QUARTER_HOUR, period.from(), period.to())
                    .forEach(interval -> intervals.put(interval.start(), interval));
            byChannel.add(intervals);
        }
        List<Amount> amounts = new ArrayList<>();
        for (Instant at = period.from(); at.isBefore(period.to()); at = at.plus(LENGTH)) {
            amounts.add(sum(at, byChannel));
        }
        return amounts;
    }

    private static Amount sum(Instant at, List<Map<Instant, Interval>> byChannel) {
        BigDecimal sum = BigDecimal.ZERO;
        Quality worst = Quality.MEASURED;
        double coverage = 0;
        for (Map<Instant, Interval> intervals : byChannel) {
            Interval interval = intervals.get(at);
            if (interval == null || interval.energyKwh().isEmpty()) {
                return new Amount(at, at.plus(LENGTH), Optional.empty(), Quality.MISSING, 0);
            }
            sum = sum.add(interval.energyKwh().get());
            worst = worst.worse(interval.quality());
            coverage += interval.coverage() / byChannel.size();
        }
        return new Amount(at, at.plus(LENGTH), Optional.of(sum), worst, Math.min(1, coverage));
    }
}
