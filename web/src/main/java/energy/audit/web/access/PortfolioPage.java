package energy.audit.web.access;

import energy.audit.access.Access;
import energy.audit.access.Membership;
import energy.audit.access.Role;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.SiteLive;
import energy.audit.metering.Metering;
import energy.audit.metering.Site;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which client needs me today: every site the person may see, each as its newest readings show it. */
@Named("portfolio")
@RequestScoped
public class PortfolioPage {
    private static final double WHOLE = 0.995;
    private static final double COMPARABLE = 0.9;

    private final Words words;
    private final List<Membership> memberships;
    private final List<Row> rows = new ArrayList<>();

    @Inject
    PortfolioPage(Words words, SignedIn signedIn, Access access, Metering metering, Consumption consumption) {
        this.words = words;
        this.memberships = access.memberships(signedIn.caller());
        for (Membership membership : memberships) {
            rows.addAll(access.inTenant(
                    signedIn.caller(),
                    membership.tenant(),
                    () -> metering.sites().stream()
                            .map(site -> row(membership, site, consumption.live(site.id())))
                            .toList()));
        }
    }

    /** A site, in words; {@code changePercent} NaN where nothing can be compared. */
    public record Row(
            String tenant,
            String role,
            String site,
            String address,
            String power,
            String today,
            double changePercent,
            String week,
            String tone,
            String coverage,
            boolean whole,
            String newest) {}

    /** Which site differs most from last week: the one to look at first. */
    public String getHeadline() {
        if (memberships.isEmpty()) {
            return words.text("portfolio.headline.none");
        }
        return rows.stream()
                .filter(row -> !Double.isNaN(row.changePercent()))
                .max(Comparator.comparingDouble(row -> Math.abs(row.changePercent())))
                .map(row -> words.text("portfolio.headline.most", row.site(), row.week()))
                .orElseGet(() -> words.text("portfolio.headline", memberships.size(), rows.size()));
    }

    public String getBasis() {
        return memberships.isEmpty() ? "" : words.text("portfolio.headline", memberships.size(), rows.size());
    }

    public boolean isStranger() {
        return memberships.isEmpty();
    }

    public List<Row> getRows() {
        return rows;
    }

    private Row row(Membership membership, Site site, SiteLive live) {
        Optional<Double> change = live.todayKwh()
                .value()
                .filter(kwh -> live.lastWeekKwh().coverage() >= COMPARABLE)
                .flatMap(kwh -> live.lastWeekKwh()
                        .value()
                        .filter(before -> before.signum() > 0)
                        .map(before -> kwh.subtract(before)
                                .movePointRight(2)
                                .divide(before, 1, RoundingMode.HALF_EVEN)
                                .doubleValue()));
        return new Row(
                membership.tenantName(),
                membership.roles().stream()
                        .sorted()
                        .map(Role::text)
                        .map(role -> words.textOr("role." + role, role))
                        .findFirst()
                        .orElse(""),
                site.name(),
                Place.address(membership.tenant().value(), site.id().value(), "today"),
                live.powerKw().map(kw -> words.number(kw, 0) + " kW").orElse("–"),
                live.todayKwh().value().map(kwh -> words.number(kwh, 0)).orElse("–"),
                change.orElse(Double.NaN),
                change.map(percent -> words.signed(BigDecimal.valueOf(percent)) + " %")
                        .orElse("–"),
                change.filter(percent -> percent > 10).isPresent() ? "warn" : "",
                words.percent(live.todayKwh().coverage()),
                live.todayKwh().coverage() >= WHOLE,
                live.newest().map(at -> words.moment(at, site.zone())).orElse(words.text("evidence.never")));
    }
}
