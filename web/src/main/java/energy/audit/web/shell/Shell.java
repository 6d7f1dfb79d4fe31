package energy.audit.web.shell;

import energy.audit.access.Access;
import energy.audit.access.Membership;
import energy.audit.access.Role;
import energy.audit.metering.Site;
import energy.audit.web.access.CrossSiteToken;
import energy.audit.web.access.SignedIn;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The frame around every page: where one is, where one can go, who one is. */
@Named("shell")
@RequestScoped
public class Shell {
    /** Parameters that mean the same on another site's page, and so stay in its address. */
    private static final Set<String> KEPT = Set.of("day", "from", "to", "step", "source");

    private final HttpServletRequest request;
    private final Access access;
    private final SignedIn signedIn;
    private final Words words;
    private final Build build;

    private @Nullable List<Membership> memberships;

    @Inject
    public Shell(HttpServletRequest request, Access access, SignedIn signedIn, Words words, Build build) {
        this.request = request;
        this.access = access;
        this.signedIn = signedIn;
        this.words = words;
        this.build = build;
    }

    /** An entry of a menu or of the navigation. */
    public record Link(String text, String address, String icon, boolean current) {
        public String getText() {
            return text;
        }

        public String getAddress() {
            return address;
        }

        public String getIcon() {
            return icon;
        }

        public boolean isCurrent() {
            return current;
        }
    }

    public boolean isPlaced() {
        return request.getAttribute(Place.ATTRIBUTE) instanceof Place;
    }

    /** Where the address of this request leads. */
    public Place place() {
        if (request.getAttribute(Place.ATTRIBUTE) instanceof Place place) {
            return place;
        }
        throw new IllegalStateException("page " + request.getRequestURI() + " was not reached through its address");
    }

    public String getLanguage() {
        return words.getLocale().getLanguage();
    }

    public Locale getLocale() {
        return words.getLocale();
    }

    /** light, dark, or auto: as the system has it. */
    public String getTheme() {
        return Language.cookie(request, "theme")
                .filter(theme -> theme.equals("light") || theme.equals("dark"))
                .orElse("auto");
    }

    public String getBuild() {
        return build.id();
    }

    public String getToken() {
        return CrossSiteToken.of(request);
    }

    public boolean isSignedIn() {
        return request.getUserPrincipal() != null;
    }

    public String getPerson() {
        return signedIn.fullName();
    }

    /** What the person is in this tenant, in words. */
    public String getRole() {
        return isPlaced()
                ? place().membership().roles().stream()
                        .sorted(Comparator.naturalOrder())
                        .findFirst()
                        .map(this::roleText)
                        .orElse("")
                : "";
    }

    private String roleText(Role role) {
        return words.textOr("role." + role.text(), role.text());
    }

    public List<Link> getNavigation() {
        return List.of(
                link("today"),
                link("energy"),
                link("performance"),
                link("variables"),
                link("costs"),
                link("gaps"),
                link("evidence"));
    }

    public List<Link> getSetUp() {
        return List.of(link("sites"), link("agents"));
    }

    private Link link(String page) {
        Place place = place();
        return new Link(
                words.text("nav." + page),
                place.to(page),
                page,
                place.page().equals(page)
                        || (page.equals("evidence") && place.page().equals("figure"))
                        || (page.equals("performance") && place.page().equals("enpi")));
    }

    public String getTenantName() {
        return place().membership().tenantName();
    }

    public String getSiteName() {
        return place().site().map(Site::name).orElse("");
    }

    public boolean isSeveralTenants() {
        return memberships().size() > 1;
    }

    public List<Link> getTenants() {
        return memberships().stream()
                .map(each -> new Link(
                        each.tenantName(),
                        "/t/" + each.tenant().value() + "/",
                        "",
                        isPlaced() && each.tenant().equals(place().membership().tenant())))
                .toList();
    }

    public List<Link> getSites() {
        Place place = place();
        return place.sites().stream()
                .map(site -> new Link(
                        site.name(),
                        Place.address(
                                        place.tenant(),
                                        site.id().value(),
                                        place.page().equals("figure")
                                                ? "today"
                                                : place.page().equals("enpi") ? "performance" : place.page())
                                + keptQuery(),
                        "",
                        place.site().map(site::equals).orElse(false)))
                .toList();
    }

    /** This page's address in the other language. */
    public List<Link> getLanguages() {
        return Language.OFFERED.stream()
                .map(locale -> new Link(
                        locale.getDisplayLanguage(locale),
                        "?" + query("&") + "lang=" + locale.getLanguage(),
                        "",
                        locale.equals(words.getLocale())))
                .toList();
    }

    public String getLanguageCode() {
        return getLanguage().toUpperCase(Locale.ROOT);
    }

    List<Membership> memberships() {
        List<Membership> known = memberships == null ? access.memberships(signedIn.caller()) : memberships;
        memberships = known;
        return known;
    }

    private String keptQuery() {
        String kept = query("");
        return kept.isEmpty() ? "" : "?" + kept;
    }

    private String query(String end) {
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        String kept = String.join(
                "&",
                List.of(query.split("&")).stream()
                        .filter(part -> KEPT.contains(part.split("=", 2)[0]))
                        .toList());
        return kept.isEmpty() ? "" : kept + end;
    }
}
