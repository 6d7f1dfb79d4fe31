package energy.audit.web.performance;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.performance.Adjustment;
import energy.audit.performance.Performance;
import energy.audit.performance.Standing;
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
import java.util.Locale;

/** The part of an indicator's page that is about non-routine adjustments of its baseline. */
@Named("adjustments")
@RequestScoped
public class AdjustmentsPart {
    private final Words words;
    private final Place place;
    private final String id;
    private final View view;

    /** What is read in one transaction. @param zone of the indicator's site */
    private record View(Standing standing, ZoneId zone, String actor, boolean mayDefine, boolean mayDecide) {}

    /**
     * An adjustment in words.
     *
     * @param decide address of its decision; empty: there is none to take
     * @param approve false for an own proposal, which one may take back only
     */
    public record Row(
            int number,
            String days,
            String kwh,
            String what,
            String how,
            String proposed,
            String state,
            String decided,
            String decide,
            boolean approve) {}

    @Inject
    AdjustmentsPart(
            Words words,
            Shell shell,
            Entrance entrance,
            Access access,
            Performance performance,
            HttpServletRequest request) {
        this.words = words;
        this.place = shell.place();
        this.id = Query.needed("id", request.getParameter("id"));
        this.view = entrance.in(place.tenant(), () -> {
            Standing standing = performance.standing(id);
            return new View(
                    standing,
                    performance.zone(standing.definition()),
                    access.actor(),
                    access.may(Permission.DEFINE_ENPI),
                    access.may(Permission.DECIDE_ENPI));
        });
    }

    /** Whether there is anything to show or to propose. */
    public boolean isShown() {
        return isProposing() || !view.standing().adjustments().isEmpty();
    }

    /** Whether the person at the page may propose one, and there is a baseline to adjust. */
    public boolean isProposing() {
        return view.mayDefine() && view.standing().inForce().isPresent();
    }

    public String getAddress() {
        return "/data/tenants/" + place.tenant() + "/enpis/" + id + "/adjustments";
    }

    /** First day that an adjustment may apply to. */
    public String getEarliest() {
        return view.standing()
                .inForce()
                .map(baseline -> baseline.last().plusDays(1).toString())
                .orElse("");
    }

    /** Newest first. */
    public List<Row> getRows() {
        return view.standing().adjustments().stream()
                .sorted((one, other) -> other.number() - one.number())
                .map(this::row)
                .toList();
    }

    private Row row(Adjustment each) {
        boolean open = each.state() == Adjustment.State.PROPOSED;
        boolean inForce = view.standing()
                .inForce()
                .filter(b -> b.version() == each.terms().baseline())
                .isPresent();
        String state = words.text("enpi.adjustment." + each.state().name().toLowerCase(Locale.ROOT));
        return new Row(
                each.number(),
                words.dayWithYear(each.firstDay(view.zone())) + " – " + words.dayWithYear(each.lastDay(view.zone())),
                words.signed(each.terms().kwh()),
                each.terms().what(),
                each.proposal().reason(),
                each.proposal().person() + ", " + words.moment(each.proposal().at(), view.zone()),
                inForce
                        ? state
                        : words.text(
                                "enpi.adjustment.other",
                                state,
                                String.valueOf(each.terms().baseline())),
                each.decision()
                        .map(d -> d.person() + ", " + words.moment(d.at(), view.zone()) + ": " + d.reason())
                        .orElse("–"),
                open && view.mayDecide() ? getAddress() + "/" + each.number() : "",
                inForce && !each.proposal().person().equals(view.actor()));
    }
}
