package energy.audit.metering;

import energy.audit.kernel.ChannelId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one entry of the log says about a site's meters.
 *
 * @param logIndex the entry
 * @param effectiveFrom first instant it speaks of
 * @param floorAreaSquareMetres empty where nobody has said it
 */
public record SiteConfiguration(
        Site site,
        long logIndex,
        Instant effectiveFrom,
        List<Meter> meters,
        Optional<BigDecimal> floorAreaSquareMetres) {
    public SiteConfiguration {
        meters = List.copyOf(meters);
    }

    /**
     * Of several configurations of one site, in log order, the one in force at an instant: the last that speaks of it.
     */
    public static Optional<SiteConfiguration> inForce(List<SiteConfiguration> inLogOrder, Instant at) {
        return inLogOrder.stream()
                .filter(configuration -> !configuration.effectiveFrom().isAfter(at))
                .reduce((earlier, later) -> later);
    }

    public Optional<Channel> channel(ChannelId id) {
        return meters.stream()
                .flatMap(meter -> meter.channels().stream())
                .filter(channel -> channel.id().equals(id))
                .findFirst();
    }

    public Optional<Meter> meter(String id) {
        return meters.stream().filter(meter -> meter.id().equals(id)).findFirst();
    }
}
