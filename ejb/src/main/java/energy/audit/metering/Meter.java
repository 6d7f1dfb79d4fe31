package energy.audit.metering;

import energy.audit.kernel.SiteId;
import java.util.List;
import java.util.Optional;

/**
 * A meter, as one configuration describes it.
 *
 * @param id unique in the site: {@code main}
 * @param energySource electricity, gas, water, heat or none
 * @param parent id of the meter above; empty: measured at the boundary of the site
 */
public record Meter(
        SiteId site,
        String id,
        String name,
        String energySource,
        Optional<String> parent,
        String serial,
        List<Channel> channels) {
    public Meter {
        channels = List.copyOf(channels);
    }
}
