package energy.audit.metering;

import energy.audit.kernel.ChannelId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one entry of the log says about a site's meters.
 *
 * @param logIndex the entry
 * @param effectiveFrom first instant it speaks of
 */
public record SiteConfiguration(Site site, long logIndex, Instant effectiveFrom, List<Meter> meters) {
    public SiteConfiguration {
        meters = List.copyOf(meters);
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
