package energy.audit.web.place;

import energy.audit.access.Access;
import energy.audit.access.Membership;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import energy.audit.metering.Metering;
import energy.audit.metering.Site;
import energy.audit.web.signin.CallerOfRequest;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one place where a portal URL becomes a tenant: takes it apart, checks the caller's grants once, and shows the page.
 * A tenant that one may not enter does not exist for one.
 */
@WebFilter({"/t/*", "/views/*", ""})
public class PlaceFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> PAGES = Set.of("today", "energy", "evidence", "meters", "agents");

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient Metering metering;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient CallerOfRequest caller;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        secure(response);
        String[] parts = request.getRequestURI().split("/", -1);
        if (parts.length < 2 || !parts[1].equals("t")) {
            if (request.getRequestURI().equals("/")) {
                response.sendRedirect(home());
            } else {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
            return;
        }
        String tenant = parts.length > 2 ? parts[2] : "";
        String site = parts.length > 3 ? parts[3] : "";
        String page = parts.length > 4 ? parts[4] : "";
        List<Membership> memberships = access.memberships(caller.caller());
        Optional<Membership> entered = memberships.stream()
                .filter(m -> m.tenant().value().equals(tenant))
                .findFirst();
        if (entered.isEmpty() || parts.length > 5) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        List<Site> sites = sites(entered.get().tenant());
        if (site.isEmpty() || page.isEmpty()) {
            response.sendRedirect(
                    sites.isEmpty()
                            ? "/static/no-sites.html"
                            : first(entered.get().tenant(), sites));
            return;
        }
        if (!PAGES.contains(page)
                || sites.stream().noneMatch(s -> s.id().value().equals(site))) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        request.setAttribute(
                Place.ATTRIBUTE,
                new Place(entered.get().tenant(), entered.get().tenantName(), new SiteId(site), page, memberships));
        request.getRequestDispatcher("/views/" + page + ".xhtml").forward(request, response);
    }

    /** Where a person lands: the first site of their first tenant. */
    private String home() {
        for (Membership membership : access.memberships(caller.caller())) {
            List<Site> sites = sites(membership.tenant());
            if (!sites.isEmpty()) {
                return first(membership.tenant(), sites);
            }
        }
        return "/static/no-access.html";
    }

    private List<Site> sites(TenantId tenant) {
        try {
            return access.inTenant(caller.caller(), tenant, () -> metering.sites());
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.FORBIDDEN) {
                return List.of();
            }
            throw refusal;
        }
    }

    private static String first(TenantId tenant, List<Site> sites) {
        return "/t/" + tenant + "/" + sites.get(0).id().value() + "/today";
    }

    private static void secure(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }
}
