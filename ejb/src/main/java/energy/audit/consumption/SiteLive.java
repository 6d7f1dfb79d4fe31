package energy.audit.consumption;

import energy.audit.kernel.SiteId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A site as its newest readings show it.
 *
 * @param asOf when the question was asked; how old a value is, is the time from its own {@code at}
 * @param newest instant of the newest reading of the site
 * @param powerKw sum of the newest active power of the boundary electricity meters; empty when one of them has none
 * @param todayKwh electricity at the boundary since local midnight, up to {@code newest}
 * @param lastWeekKwh the same on the same weekday last week, from midnight up to the same time of day
 * @param meters in the order of the configuration
 */
public record SiteLive(
        SiteId site,
        ZoneId zone,
        Instant asOf,
        Optional<Instant> newest,
        Optional<BigDecimal> powerKw,
        EnergyAmount todayKwh,
        EnergyAmount lastWeekKwh,
        List<MeterLive> meters) {
    public SiteLive {
        meters = List.copyOf(meters);
    }

    /**
     * @param parent id of the meter above; empty: at the boundary
     * @param todayKwh since local midnight; NONE when the meter counts no energy
     * @param values newest reading of each channel that has one
     */
    public record MeterLive(
            String meter,
            String name,
            String energySource,
            String parent,
            EnergyAmount todayKwh,
            EnergyAmount lastWeekKwh,
            List<ChannelLive> values) {
        public MeterLive {
            values = List.copyOf(values);
        }
    }

    /** Newest reading of a channel; {@code value} in {@code unit}, empty when a float register held no number. */
    public record ChannelLive(
            String channel,
            String quantity,
            String unit,
            Instant at,
            long count,
            Optional<BigDecimal> value,
            long logIndex) {}
}
