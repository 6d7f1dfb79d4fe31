package energy.audit.gap;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.consumption.Consumption;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.SignedGap;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.Readings;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.log.EntryDraft;
import energy.audit.log.TenantLog;
import energy.audit.metering.Channel;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists where data is missing, and lets people sign for it. */
@ApplicationScoped
public class Gaps {
    private static final int LONGEST_REASON = 1_000;
    /** More would be asked for by mistake; hours of a quarter of a year are what a page can show. */
    private static final Duration LONGEST_LIST = Duration.ofDays(100);

    private final Access access;
    private final TenantLog log;
    private final Metering metering;
    private final Ingest ingest;
    private final Clock clock;
    private final GapTable table;
    private final HoleSearch search;

    @Inject
    public Gaps(
            Tenancy tenancy,
            Access access,
            TenantLog log,
            Metering metering,
            Ingest ingest,
            Consumption consumption,
            Clock clock) {
        this.access = access;
        this.log = log;
        this.metering = metering;
        this.ingest = ingest;
        this.clock = clock;
        this.table = new GapTable(tenancy);
        this.search = new HoleSearch(metering, ingest, consumption);
    }

    /**
     * Enters a person's word that there is no data, and why.
     *
     * @return index of its entry; of the entry in force when that says the same
     * @throws Refusal READINGS_THERE when a counter was read in that period; BAD_GAP naming the field that cannot be
     */
    public long sign(SignedGap gap) {
        access.require(Permission.SIGN_GAP);
        SiteId site = SiteId.of(gap.getSite());
        metering.site(site);
        List<Meter> meters = meters(site, gap);
        Period period = period(gap);
        reason(gap);
        log.lock();
        Optional<GapTable.Logged> newest = table.of(site, LogSize.NEWEST).stream()
                .filter(logged -> samePlace(logged.message(), gap))
                .reduce((earlier, later) -> later);
        if (newest.isPresent() && newest.get().message().equals(gap)) {
            return newest.get().logIndex();
        }
        if (gap.getWithdrawn()) {
            if (newest.isEmpty() || newest.get().message().getWithdrawn()) {
                throw bad(gap, "withdrawn", "nothing is signed for exactly that meter and period");
            }
        } else {
            requireNoReadings(gap, meters, period);
        }
        long index = log.append(new EntryDraft(EntryKind.SIGNED_GAP, access.actor(), gap.toByteArray()));
        table.add(index, access.actor(), gap);
        return index;
    }

    /** What people have signed for at a site, in the order of the log, replaced and withdrawn ones too. */
    public List<LoggedGap> signed(SiteId site, LogSize asKnownAt) {
        access.require(Permission.SEE);
        List<GapTable.Logged> logged = table.of(site, asKnownAt);
        List<LoggedGap> gaps = new ArrayList<>();
        Set<List<Object>> later = new HashSet<>();
        for (int i = logged.size() - 1; i >= 0; i--) {
            SignedGap message = logged.get(i).message();
            boolean inForce = later.add(List.of(message.getMeter(), message.getFromMs(), message.getToMs()));
            gaps.add(
                    0,
                    new LoggedGap(
                            logged.get(i).logIndex(),
                            site,
                            Optional.of(message.getMeter()).filter(meter -> !meter.isEmpty()),
                            Period.of(
                                    Instant.ofEpochMilli(message.getFromMs()), Instant.ofEpochMilli(message.getToMs())),
                            message.getReason(),
                            logged.get(i).by(),
                            message.getWithdrawn(),
                            inForce));
        }
        return gaps;
    }

    /**
     * Rows of hours in which a counter of a site has no measured figure, newest first.
     *
     * @param period at most 100 days; hours that have not been derived yet are left out
     */
    public List<Hole> holes(SiteId site, Period period) {
        access.require(Permission.SEE);
        if (period.duration().compareTo(LONGEST_LIST) > 0) {
            throw Refusal.invalid(
                    "PERIOD_TOO_LONG",
                    "period " + period.from() + " .. " + period.to(),
                    "it is longer than " + LONGEST_LIST.toDays() + " days",
                    "Ask for parts of it.");
        }
        return search.of(site, period, clock.instant(), signed(site, LogSize.NEWEST));
    }

    private List<Meter> meters(SiteId site, SignedGap gap) {
        List<Meter> all = metering.meters(site);
        if (gap.getMeter().isEmpty()) {
            return all;
        }
        List<Meter> named =
                all.stream().filter(meter -> meter.id().equals(gap.getMeter())).toList();
        if (named.isEmpty()) {
            throw bad(gap, "meter = '" + gap.getMeter() + "'", "the site has no such meter");
        }
        return named;
    }

    private Period period(SignedGap gap) {
        if (gap.getFromMs() <= 0 || gap.getFromMs() >= gap.getToMs()) {
            throw bad(gap, "to", "it is not after from");
        }
        if (gap.getToMs() > clock.millis()) {
            throw bad(gap, "to", "it is still to come: nobody knows yet what will be read");
        }
        return Period.of(Instant.ofEpochMilli(gap.getFromMs()), Instant.ofEpochMilli(gap.getToMs()));
    }

    private static void reason(SignedGap gap) {
        if (gap.getReason().isBlank() || gap.getReason().length() > LONGEST_REASON) {
            throw bad(
                    gap,
                    "reason",
                    gap.getReason().isBlank()
                            ? "it is missing, and an auditor reads it years later"
                            : "it is longer than " + LONGEST_REASON + " characters");
        }
    }

    /** A reading at the very beginning ends what was before, and is no reading in the gap. */
    private void requireNoReadings(SignedGap gap, List<Meter> meters, Period period) {
        Period open = Period.of(period.from().plusMillis(1), period.to().plusMillis(1));
        for (Meter meter : meters) {
            for (Channel channel : meter.channels()) {
                Readings readings = ingest.readings(channel.id(), open, LogSize.NEWEST);
                if (channel.counter()
                        && readings.size() > 0
                        && readings.atMs()[0] < period.to().toEpochMilli()) {
                    throw Refusal.invalid(
                            "READINGS_THERE",
                            "gap of " + (gap.getMeter().isEmpty() ? "all meters" : "meter " + gap.getMeter()) + " of "
                                    + gap.getSite() + ", " + period.from() + " to " + period.to(),
                            channel.id() + " was read in it, first at " + Instant.ofEpochMilli(readings.atMs()[0]),
                            "Sign for the time without readings only; the list of holes shows it.");
                }
            }
        }
    }

    private static boolean samePlace(SignedGap one, SignedGap other) {
        return one.getMeter().equals(other.getMeter())
                && one.getFromMs() == other.getFromMs()
                && one.getToMs() == other.getToMs();
    }

    private static Refusal bad(SignedGap gap, String field, String why) {
        return Refusal.invalid("BAD_GAP", "signed gap of " + gap.getSite() + ", field " + field, why, "Correct it.");
    }
}
