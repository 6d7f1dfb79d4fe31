package energy.audit.web.variables;

import energy.audit.evidence.wire.Shift;
import energy.audit.evidence.wire.ShiftPlan;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Metering;
import energy.audit.variables.PlannedShifts;
import energy.audit.variables.VariableSource;
import energy.audit.variables.Variables;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.LogIndex;
import energy.audit.web.rest.Page;
import energy.audit.web.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Which shifts a site works, from when on, and the hours that follow. */
@Path("/tenants/{tenant}/shift-plans")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ShiftPlansResource {
    private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    @Inject
    Entrance entrance;

    @Inject
    Variables variables;

    @Inject
    Metering metering;

    /** {@code days} as {@code MON,TUE}. */
    public record ShiftJson(String name, String days, String start, String end) {
        static ShiftJson of(energy.audit.analysis.variable.Shift shift) {
            return new ShiftJson(
                    shift.name(),
                    String.join(
                            ",",
                            shift.days().stream()
                                    .sorted()
                                    .map(day -> DAYS.get(day.ordinal()))
                                    .toList()),
                    shift.start().toString(),
                    shift.end().toString());
        }
    }

    /** {@code inForce} false: a later entry speaks of the same first day. */
    public record PlanJson(
            long logIndex,
            String effectiveFrom,
            List<ShiftJson> shifts,
            List<String> daysOff,
            boolean withdrawn,
            String reason,
            String by,
            String at,
            boolean inForce) {
        static PlanJson of(PlannedShifts each) {
            return new PlanJson(
                    each.plan().entry(),
                    each.plan().effectiveFrom().toString(),
                    each.plan().shifts().stream().map(ShiftJson::of).toList(),
                    new TreeSet<>(each.plan().daysOff())
                            .stream().map(Object::toString).toList(),
                    each.plan().withdrawn(),
                    each.reason(),
                    each.by(),
                    each.at().toString(),
                    each.inForce());
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Enter a plan {site, effectiveFrom, shifts: [{name, days: MON-FRI, start: 06:00, end: 14:00}], daysOff: [dates],"
                            + " reason | withdrawn}. It holds until the next one begins; of one first day the newest entry counts")
    public LogIndex plan(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("shift plan", text)
                .onlyFields("site", "effectiveFrom", "shifts", "daysOff", "reason", "withdrawn");
        ShiftPlan.Builder plan = ShiftPlan.newBuilder()
                .setTenant(tenant)
                .setSite(body.text("site"))
                .setEffectiveFrom(body.text("effectiveFrom"))
                .addAllDaysOff(body.texts("daysOff"))
                .setReason(body.text("reason"))
                .setWithdrawn(body.flag("withdrawn"));
        for (Body shift : body.list("shifts")) {
            shift.onlyFields("name", "days", "start", "end");
            plan.addShifts(Shift.newBuilder()
                    .setName(shift.text("name"))
                    .addAllDays(days(shift))
                    .setStart(shift.text("start"))
                    .setEnd(shift.text("end")));
        }
        return entrance.in(tenant, () -> new LogIndex(variables.planShifts(plan.build())));
    }

    /** {@code MON-FRI}, {@code SAT}, {@code FRI-MON} or several between commas, as numbers from 1. */
    static List<Integer> days(Body shift) {
        TreeSet<Integer> days = new TreeSet<>();
        for (String part : shift.text("days").toUpperCase(Locale.ROOT).split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            int first = DAYS.indexOf(ends[0]);
            int last = DAYS.indexOf(ends[ends.length - 1]);
            if (ends.length > 2 || first < 0 || last < 0) {
                throw shift.refusal("days", "days like MON-FRI or SAT,SUN are needed");
            }
            for (int day = first; ; day = (day + 1) % DAYS.size()) {
                days.add(DayOfWeek.of(day + 1).getValue());
                if (day == last) {
                    break;
                }
            }
        }
        return new ArrayList<>(days);
    }

    @GET
    @Operation(summary = "Every plan of a site in the order of the log, as known now or at a log size")
    public Page<PlanJson> list(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("asKnownAt") @Nullable String asKnownAt) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        return entrance.in(
                tenant,
                () -> Page.whole(variables.shiftPlans(asked, Query.logSize(asKnownAt)).stream()
                        .map(PlanJson::of)
                        .toList()));
    }

    @GET
    @Path("/hours")
    @Operation(
            summary =
                    "Planned hours by day or month (step=P1D|P1M) from a first to a last day: those of one shift, or those in which any"
                            + " shift is worked. A period with a day without a plan has none")
    public Page<AlignedJson> hours(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("shift") @Nullable String shift,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("step") @Nullable String step,
            @QueryParam("asKnownAt") @Nullable String asKnownAt) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        VariableSource source = Optional.ofNullable(shift)
                .<VariableSource>map(VariableSource.ShiftHours::new)
                .orElseGet(VariableSource.OperatingHours::new);
        return entrance.in(
                tenant,
                () -> Page.whole(variables
                        .aligned(
                                asked,
                                source,
                                AlignedJson.boundaries(
                                        from, to, step, metering.site(asked).zone()),
                                Query.logSize(asKnownAt))
                        .stream()
                        .map(AlignedJson::of)
                        .toList()));
    }
}
