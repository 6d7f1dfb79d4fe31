package energy.audit.web.place;

import energy.audit.access.Access;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.IngestIdentity;
import energy.audit.metering.Metering;
import energy.audit.metering.Site;
import energy.audit.web.signin.CallerOfRequest;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What stands around every page: who, where, and how fresh the data is. */
@Named("frame")
@RequestScoped
public class PortalFrame {
    private static final Duration FRESH = Duration.ofMinutes(2);

    @Inject
    @SuppressWarnings("NullAway.Init")
    HttpServletRequest request;

    @Inject
    @SuppressWarnings("NullAway.Init")
    CallerOfRequest caller;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Metering metering;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Ingest ingest;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Clock clock;

    @SuppressWarnings("NullAway.Init")
    private Place place;

    @SuppressWarnings("NullAway.Init")
    private List<Link> sites;

    @SuppressWarnings("NullAway.Init")
    private Site site;

    private Optional<Instant> lastReceipt = Optional.empty();

    /** An entry of a switch or of the navigation. */
    public record Link(String label, String url, boolean current) {}

    @PostConstruct
    void load() {
        place = (Place) request.getAttribute(Place.ATTRIBUTE);
        access.inTenant(caller.caller(), place.tenant(), () -> {
            List<Site> all = metering.sites();
            sites = all.stream()
                    .map(s -> new Link(s.name(), place.urlOf(s.id()), s.id().equals(place.site())))
                    .toList();
            site = metering.site(place.site());
            lastReceipt = ingest.identity().agents().stream()
                    .filter(agent ->
                            agent.agent().value().startsWith(place.site().value()))
                    .map(IngestIdentity.AgentState::lastReceipt)
                    .flatMap(Optional::stream)
                    .max(Comparator.naturalOrder());
        });
    }

    public Place place() {
        return place;
    }

    public Site site() {
        return site;
    }

    public String getPerson() {
        return caller.caller().person();
    }

    public String getTenantName() {
        return place.tenantName();
    }

    public String getSiteName() {
        return site.name();
    }

    public String getZone() {
        return site.zone().getId();
    }

    public List<Link> getSites() {
        return sites;
    }

    /** Every tenant of the person; the first page of its first site. */
    public List<Link> getTenants() {
        return place.memberships().stream()
                .map(m ->
                        new Link(m.tenantName(), "/t/" + m.tenant(), m.tenant().equals(place.tenant())))
                .toList();
    }

    public String url(String page) {
        return place.urlOf(page);
    }

    public boolean isCurrent(String page) {
        return place.page().equals(page);
    }

    public boolean isFresh() {
        return lastReceipt
                .map(at -> Duration.between(at, clock.instant()).compareTo(FRESH) < 0)
                .orElse(false);
    }

    public String getReceiptAge() {
        return lastReceipt
                .map(at -> "last receipt " + age(Duration.between(at, clock.instant())) + " ago")
                .orElse("no receipt yet");
    }

    /** 4 s, 12 min, 3 h, 2 days. */
    public static String age(Duration age) {
        if (age.toSeconds() < 100) {
            return Math.max(0, age.toSeconds()) + " s";
        }
        if (age.toMinutes() < 100) {
            return age.toMinutes() + " min";
        }
        return age.toHours() < 48 ? age.toHours() + " h" : age.toDays() + " days";
    }
}
