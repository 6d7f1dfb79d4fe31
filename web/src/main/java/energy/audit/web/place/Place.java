package energy.audit.web.place;

import energy.audit.access.Membership;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import java.util.List;

/**
 * Tenant, site and page of a portal URL {@code /t/{tenant}/{site}/{page}}, checked against the caller's grants.
 *
 * @param memberships every tenant the person may enter, for the switch
 */
public record Place(TenantId tenant, String tenantName, SiteId site, String page, List<Membership> memberships) {
    /** Name of the request attribute that holds it. */
    public static final String ATTRIBUTE = Place.class.getName();

    /** The same page of another site. */
    public String urlOf(SiteId other) {
        return "/t/" + tenant + "/" + other.value() + "/" + page;
    }

    /** Another page of the same site. */
    public String urlOf(String otherPage) {
        return "/t/" + tenant + "/" + site.value() + "/" + otherPage;
    }
}
