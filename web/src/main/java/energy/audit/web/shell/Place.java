package energy.audit.web.shell;

import energy.audit.access.Membership;
import energy.audit.kernel.Refusal;
import energy.audit.metering.Site;
import java.util.List;
import java.util.Optional;

/**
 * Where a page's address leads: a tenant the caller is a member of, and one of its sites.
 *
 * @param membership of the caller
 * @param sites of the tenant, by name
 * @param site empty when the tenant has none yet
 * @param page last part of the address: {@code today}
 */
public record Place(Membership membership, List<Site> sites, Optional<Site> site, String page) {
    public static final String ATTRIBUTE = "energy.audit.place";

    public Place {
        sites = List.copyOf(sites);
    }

    public String tenant() {
        return membership.tenant().value();
    }

    /** The site of the address. */
    public Site here() {
        return site.orElseThrow(() -> Refusal.notFound(
                "NO_SITE",
                "tenant " + tenant(),
                "it has no site yet",
                "Put a metering configuration in force: POST /api/v1/tenants/" + tenant()
                        + "/metering-configurations."));
    }

    /** Address of a page of this site. */
    public String to(String otherPage) {
        return address(tenant(), here().id().value(), otherPage);
    }

    public static String address(String tenant, String site, String page) {
        return "/t/" + tenant + "/" + site + "/" + page;
    }
}
