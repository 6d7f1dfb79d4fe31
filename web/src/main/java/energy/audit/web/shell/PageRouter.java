package energy.audit.web.shell;

import energy.audit.access.Access;
import energy.audit.access.Membership;
import energy.audit.access.Role;
import energy.audit.kernel.Refusal;
import energy.audit.metering.Metering;
import energy.audit.metering.Site;
import energy.audit.web.access.SignedIn;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From a page's address to its Faces view. The address holds the whole state: tenant, site, page and, as parameters,
 * period and choice. Membership is checked here, before any page is built.
 */
@WebServlet(
        name = "pages",
        urlPatterns = {"", "/portfolio", "/t/*", "/signed-out"})
public class PageRouter extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Each is {@code /pages/{name}.xhtml}. */
    private static final Set<String> PAGES = Set.of(
            "today",
            "energy",
            "performance",
            "enpi",
            "variables",
            "costs",
            "gaps",
            "evidence",
            "figure",
            "sites",
            "exchange",
            "agents");

    private final transient Access access;
    private final transient Metering metering;
    private final transient SignedIn signedIn;

    @Inject
    public PageRouter(Access access, Metering metering, SignedIn signedIn) {
        this.access = access;
        this.metering = metering;
        this.signedIn = signedIn;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (Language.chosen(request, response)) {
            return;
        }
        if (request.getServletPath().equals("/signed-out")) {
            show("/pages/signed-out.xhtml", request, response);
            return;
        }
        if (request.getServletPath().equals("/portfolio")) {
            show("/pages/portfolio.xhtml", request, response);
            return;
        }
        String path = request.getPathInfo();
        String[] parts =
                path == null ? new String[0] : path.replaceFirst("^/", "").split("/", -1);
        if (!request.getServletPath().equals("/t") || parts.length == 0 || parts[0].isEmpty()) {
            land(response, request, access.memberships(signedIn.caller()));
            return;
        }
        route(parts, request, response);
    }

    private void land(HttpServletResponse response, HttpServletRequest request, List<Membership> memberships)
            throws ServletException, IOException {
        if (memberships.size() == 1) {
            redirectToFirstSite(memberships.get(0), response, request);
            return;
        }
        response.sendRedirect("/portfolio");
    }

    private void redirectToFirstSite(Membership membership, HttpServletResponse response, HttpServletRequest request)
            throws ServletException, IOException {
        List<Site> sites = access.inTenant(signedIn.caller(), membership.tenant(), metering::sites);
        if (sites.isEmpty()) {
            request.setAttribute(Place.ATTRIBUTE, new Place(membership, sites, Optional.empty(), "sites"));
            show("/pages/no-site.xhtml", request, response);
            return;
        }
        boolean auditor = membership.roles().equals(Set.of(Role.AUDITOR));
        response.sendRedirect(
                Place.address(membership.tenant().value(), sites.get(0).id().value(), auditor ? "evidence" : "today"));
    }

    private void route(String[] parts, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Membership membership = access.memberships(signedIn.caller()).stream()
                .filter(each -> each.tenant().value().equals(parts[0]))
                .findFirst()
                .orElseThrow(() -> Refusal.forbidden(
                        "NOT_A_MEMBER",
                        "tenant " + parts[0],
                        signedIn.caller().person() + " has no role there that is in force",
                        "Choose another tenant, or ask its energy manager for a role."));
        if (parts.length < 2 || parts[1].isEmpty()) {
            redirectToFirstSite(membership, response, request);
            return;
        }
        String page = parts.length < 3 || parts[2].isEmpty() ? "today" : parts[2];
        if (!PAGES.contains(page) || parts.length > 3) {
            throw Refusal.notFound("NO_PAGE", "page " + page, "there is no such page", "Use the navigation.");
        }
        List<Site> sites = access.inTenant(signedIn.caller(), membership.tenant(), metering::sites);
        Site site = sites.stream()
                .filter(each -> each.id().value().equals(parts[1]))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "UNKNOWN_SITE", "site " + parts[1], "the tenant has no such site", "Choose one at the top."));
        request.setAttribute(Place.ATTRIBUTE, new Place(membership, sites, Optional.of(site), page));
        show("/pages/" + page + ".xhtml", request, response);
    }

    private static void show(String view, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.getRequestDispatcher(view).forward(request, response);
    }
}
