package energy.audit.recalculation;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.register.Boundaries;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.metering.Channel;
import energy.audit.metering.Metering;
import energy.audit.metering.Site;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks for recalculations of whole periods, pauses and resumes them, and says how far they are. */
@ApplicationScoped
public class Recalculations {
    private final Access access;
    private final Metering metering;
    private final Clock clock;
    private final RecalculationTable table;

    @Inject
    public Recalculations(Tenancy tenancy, Access access, Metering metering, Clock clock) {
        this.access = access;
        this.metering = metering;
        this.clock = clock;
        this.table = new RecalculationTable(tenancy);
    }

    /**
     * Has every counter of the tenant derived anew for a period. Figures that come out the same stay as they are; others
     * become new revisions. Servers pick it up within seconds.
     *
     * @param reason for the record
     * @throws Refusal RECALCULATION_OPEN while another one is not done
     */
    public Recalculation request(Period period, String reason) {
        access.require(Permission.RECALCULATE);
        if (reason.isBlank()) {
            throw Refusal.invalid(
                    "NO_REASON", "the recalculation", "it has no reason", "Say why the figures are derived anew.");
        }
        table.open().ifPresent(open -> {
            throw Refusal.conflict(
                    "RECALCULATION_OPEN",
                    "recalculation " + open.number(),
                    "it is " + open.state() + " at " + open.unitsDone() + " of " + open.units() + " units",
                    "Wait until it is done, or resume it.");
        });
        List<Unit> units = new ArrayList<>();
        for (Site site : metering.sites()) {
            List<Instant> months = months(site, period);
            for (Channel channel : metering.channels(site.id())) {
                if (channel.counter() && !channel.isFloat()) {
                    for (int i = 1; i < months.size(); i++) {
                        units.add(new Unit(units.size(), channel.id(), Period.of(months.get(i - 1), months.get(i))));
                    }
                }
            }
        }
        return table.insert(period, reason, access.actor(), clock.instant(), units);
    }

    /** The site's months that a period touches, cut at the period's ends. */
    private static List<Instant> months(Site site, Period period) {
        List<Instant> months = new ArrayList<>(List.of(period.from()));
        Instant next = Boundaries.next(
                Boundaries.floor(period.from(), Boundaries.Step.MONTH, site.zone()),
                Boundaries.Step.MONTH,
                site.zone());
        while (next.isBefore(period.to())) {
            months.add(next);
            next = Boundaries.next(next, Boundaries.Step.MONTH, site.zone());
        }
        months.add(period.to());
        return months;
    }

    /** All there were, newest first. */
    public List<Recalculation> all() {
        access.require(Permission.SEE);
        return table.all();
    }

    /** @throws Refusal NO_RECALCULATION */
    public Recalculation one(int number) {
        access.require(Permission.SEE);
        return table.all().stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "NO_RECALCULATION",
                        "recalculation " + number,
                        "the tenant has none of that number",
                        "Look at the list of recalculations."));
    }

    /** Stops after the unit at work; what is done stays done. */
    public Recalculation pause(int number) {
        access.require(Permission.RECALCULATE);
        change(number, Recalculation.State.RUNNING, Recalculation.State.PAUSED);
        return one(number);
    }

    /** Goes on where it was paused, or where it failed. */
    public Recalculation resume(int number) {
        access.require(Permission.RECALCULATE);
        Recalculation.State now = one(number).state();
        change(
                number,
                now == Recalculation.State.FAILED ? now : Recalculation.State.PAUSED,
                Recalculation.State.RUNNING);
        return one(number);
    }

    private void change(int number, Recalculation.State from, Recalculation.State to) {
        Recalculation now = one(number);
        if (!table.change(number, from, to)) {
            throw Refusal.conflict(
                    "RECALCULATION_" + now.state(),
                    "recalculation " + number,
                    "it is " + now.state() + ", not " + from,
                    "Look at where it stands first.");
        }
    }
}
