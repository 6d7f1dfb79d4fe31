package energy.audit.metering;

import energy.audit.kernel.SiteId;
import java.time.ZoneId;

/**
 * A place of a tenant, as its newest configuration names it.
 *
 * @param name as people write it
 * @param zone where its days begin
 */
public record Site(SiteId id, String name, ZoneId zone) {}
