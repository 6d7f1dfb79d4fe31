package energy.audit.web.consumption;

import energy.audit.consumption.EnergyAmount;
import energy.audit.ingest.StoredGap;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A meter on the page of a day.
 *
 * @param channel its energy register
 * @param boundary whether it counts in the site's sum; else it is a part of {@code parent}
 * @param day energy of the day so far, kWh
 * @param before the same stretch of the same weekday a week before, kWh
 * @param register newest count of the register; only on the day that is running
 * @param gaps signed stretches without data on that day
 */
record MeterLine(
        String id,
        String name,
        String source,
        String parent,
        boolean boundary,
        String channel,
        EnergyAmount day,
        EnergyAmount before,
        Optional<Register> register,
        List<StoredGap> gaps) {

    /** What the register shows, and where that is proved. */
    record Register(Instant at, BigDecimal value, String unit, int decimals, long logIndex) {}

    Optional<BigDecimal> difference() {
        return day.value().flatMap(now -> before.value().map(now::subtract));
    }

    MeterLine with(List<StoredGap> signed) {
        return new MeterLine(id, name, source, parent, boundary, channel, day, before, register, List.copyOf(signed));
    }
}
