package energy.audit.web.performance;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.performance.Adjustment;
import energy.audit.performance.Performance;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Query;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.List;

/** Non-routine adjustments of an indicator, and the form that proposes one. */
@Named("enpiAdjustments")
@RequestScoped
public class EnpiAdjustments {
    private final Words words;
    private final Place place;
    private final ZoneId zone;
    private final String id;
    private final Seen seen;

    private record Seen(List<Adjustment> adjustments, boolean mayDefine, boolean mayDecide) {}

    @Inject
    EnpiAdjustments(
            Words words,
            Shell shell,
            Entrance entrance,
            Access access,
            Performance performance,
            HttpServletRequest request) {
        this.words = words;
        this.place = shell.place();
        this.zone = place.here().zone();
        this.id = Query.needed("id", request.getParameter("id"));
        this.seen = entrance.in(
                place.tenant(),
                () -> new Seen(
                        performance.standing(id).adjustments(),
                        access.may(Permission.DEFINE_ENPI),
                        access.may(Permission.DECIDE_ENPI)));
    }

    /** {@code decide} is the address of its decision, empty when there is none to take. */
    public record Row(
            String number,
            String factor,
            String days,
            String energy,
            String basis,
            String proposed,
            String state,
            String decided,
            boolean counts,
            String decide) {}

    public List<Row> getRows() {
        return seen.adjustments().stream()
                .map(each -> new Row(
                        String.valueOf(each.number()),
                        each.staticFactor()
                                + (each.before().isEmpty() && each.after().isEmpty()
                                        ? ""
                                        : ": " + each.before() + " → " + each.after()),
                        words.dayWithYear(each.first()) + " – " + words.dayWithYear(each.last()),
                        words.signed(each.energyKwh()) + " kWh",
                        each.method() + " (" + each.evidence() + ")",
                        each.author() + ", " + words.moment(each.at(), zone),
                        words.text("enpi.adjustment." + each.state().name()),
                        each.decision()
                                .map(by -> by.person() + ", " + words.moment(by.at(), zone) + ": " + by.reason())
                                .orElse("–"),
                        each.state() == Adjustment.State.APPROVED,
                        seen.mayDecide() && each.state() == Adjustment.State.PROPOSED
                                ? getAddress() + "/" + each.number()
                                : ""))
                .toList();
    }

    public boolean isMayDefine() {
        return seen.mayDefine();
    }

    public String getAddress() {
        return "/data/tenants/" + place.tenant() + "/enpis/" + id + "/adjustments";
    }
}
