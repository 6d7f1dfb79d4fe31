package energy.audit.carbon;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.carbon.EmissionFactor.Basis;
import energy.audit.analysis.carbon.EmissionFactor.Scope;
import energy.audit.analysis.carbon.Emissions;
import energy.audit.analysis.carbon.Emissions.Activity;
import energy.audit.analysis.register.Quality;
import energy.audit.carbon.SiteEmissions.Intensity;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.EnergyAmount;
import energy.audit.consumption.Interval;
import energy.audit.consumption.Resolution;
import energy.audit.factor.Factors;
import energy.audit.factor.SiteFactors;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Channel;
import energy.audit.metering.Metering;
import energy.audit.variables.AlignedValue;
import energy.audit.variables.VariableSummary;
import energy.audit.variables.Variables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Multiplies a site's energy with the emission factors that hold. */
@ApplicationScoped
public class Carbon {
    private static final int MOST_DAYS = 1100;
    private static final long QUARTER_MS = Duration.ofMinutes(15).toMillis();
    /** Readings of the quarter hour that has just ended may still be on their way. */
    private static final long LATE_MS = Duration.ofMinutes(5).toMillis();

    private final Access access;
    private final Metering metering;
    private final Consumption consumption;
    private final Factors factors;
    private final Variables variables;
    private final Clock clock;

    @Inject
    public Carbon(
            Access access,
            Metering metering,
            Consumption consumption,
            Factors factors,
            Variables variables,
            Clock clock) {
        this.access = access;
        this.metering = metering;
        this.consumption = consumption;
        this.factors = factors;
        this.variables = variables;
        this.clock = clock;
    }

    /**
     * Emissions by month, source and factor.
     *
     * @param last included; days that are still to come are left out
     * @return empty where the period has not begun
     */
    public Optional<SiteEmissions> of(SiteId site, LocalDate first, LocalDate last) {
        access.require(Permission.SEE);
        ZoneId zone = metering.site(site).zone();
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        LocalDate end = last.isBefore(today) ? last.plusDays(1) : today.plusDays(1);
        if (!first.isBefore(end)) {
            return Optional.empty();
        }
        if (first.plusDays(MOST_DAYS).isBefore(end)) {
            throw Refusal.invalid(
                    "PERIOD_TOO_LONG",
                    "emissions of " + site + " from " + first + " to " + last,
                    "it is longer than " + MOST_DAYS + " days",
                    "Ask for parts of it.");
        }
        SiteFactors held = factors.emissionFactors(site, LogSize.NEWEST);
        List<LocalDate> cuts = cuts(first, end, held);
        List<Activity> activities = new ArrayList<>();
        for (String source : consumption.boundarySources(site)) {
            if (!source.equals("none") && !source.equals("water")) {
                for (int i = 1; i < cuts.size(); i++) {
                    activities.add(activity(site, source, cuts.get(i - 1), cuts.get(i), zone));
                }
            }
        }
        Emissions emissions = Emissions.of(activities, held.factors());
        return Optional.of(new SiteEmissions(
                emissions,
                held.entries(),
                energy(activities),
                activities.stream().map(Activity::quality).reduce(Quality.MEASURED, Quality::worse),
                intensities(site, period(first, end, zone), activities, emissions)));
    }

    /** Firsts of months, and the days on which a factor begins or ends. */
    private static List<LocalDate> cuts(LocalDate first, LocalDate end, SiteFactors held) {
        TreeSet<LocalDate> cuts = new TreeSet<>();
        cuts.add(first);
        cuts.add(end);
        for (LocalDate month = first.withDayOfMonth(1); month.isBefore(end); month = month.plusMonths(1)) {
            cuts.add(month);
        }
        held.factors().all().forEach(factor -> {
            cuts.add(factor.from());
            cuts.add(factor.until());
        });
        return List.copyOf(cuts.subSet(first, true, end, true));
    }

    private Activity activity(SiteId site, String source, LocalDate from, LocalDate until, ZoneId zone) {
        EnergyAmount energy = consumption.boundaryEnergy(site, source, period(from, until, zone));
        return new Activity(site.value(), source, "kWh", from, until, energy.value(), energy.quality());
    }

    private Period period(LocalDate from, LocalDate until, ZoneId zone) {
        Instant begin = from.atStartOfDay(zone).toInstant();
        Instant end = until.atStartOfDay(zone).toInstant();
        Instant now = Instant.ofEpochMilli((clock.millis() - LATE_MS) / QUARTER_MS * QUARTER_MS);
        return Period.of(begin, end.isAfter(now) && begin.isBefore(now) ? now : end);
    }

    private static Optional<BigDecimal> energy(List<Activity> activities) {
        return activities.stream().flatMap(each -> each.amount().stream()).reduce(BigDecimal::add);
    }

    /** By what other systems say was made, and by floor area. A figure that is not whole has no intensity. */
    private List<Intensity> intensities(SiteId site, Period period, List<Activity> activities, Emissions emissions) {
        boolean whole = activities.stream().allMatch(each -> each.quality().compareTo(Quality.PARTIAL) < 0);
        Optional<BigDecimal> energy = whole ? energy(activities) : Optional.empty();
        Optional<BigDecimal> carbon = whole && emissions.gaps().isEmpty() ? byLocation(emissions) : Optional.empty();
        List<Intensity> intensities = new ArrayList<>();
        for (VariableSummary variable : variables.variables(site)) {
            AlignedValue value = variables
                    .aligned(site, variable.variable(), List.of(period.from(), period.to()), LogSize.NEWEST)
                    .get(0);
            intensities.add(intensity(variable.variable(), variable.unit(), value.value(), energy, carbon));
        }
        for (Channel output : metering.channels(site)) {
            if (output.counter() && output.quantity().equals("product-output")) {
                intensities.add(intensity(output.id().meter(), output.unit(), counted(output, period), energy, carbon));
            }
        }
        metering.configurationAt(site, period.from(), LogSize.NEWEST)
                .flatMap(configuration -> configuration.floorAreaSquareMetres())
                .ifPresent(area -> intensities.add(intensity("floor-area", "m2", Optional.of(area), energy, carbon)));
        return intensities;
    }

    /** What a counter of products counted; empty unless each of its days has a figure. */
    private Optional<BigDecimal> counted(Channel output, Period period) {
        List<Interval> days = consumption.intervals(output.id(), Resolution.DAY, period, LogSize.NEWEST);
        Duration covered = Duration.ZERO;
        BigDecimal sum = BigDecimal.ZERO;
        for (Interval day : days) {
            if (day.amount().isEmpty() || day.quality() == Quality.PARTIAL) {
                return Optional.empty();
            }
            covered = covered.plus(Duration.between(day.start(), day.end()));
            sum = sum.add(day.amount().get());
        }
        return covered.equals(period.duration()) ? Optional.of(sum) : Optional.empty();
    }

    private static Optional<BigDecimal> byLocation(Emissions emissions) {
        Optional<BigDecimal> burnt =
                emissions.total(Scope.SCOPE_1, Basis.ACTIVITY).map(Emissions.Total::kgCo2e);
        Optional<BigDecimal> bought =
                emissions.total(Scope.SCOPE_2, Basis.LOCATION).map(Emissions.Total::kgCo2e);
        return burnt.isEmpty() ? bought : Optional.of(burnt.get().add(bought.orElse(BigDecimal.ZERO)));
    }

    private static Intensity intensity(
            String per,
            String unit,
            Optional<BigDecimal> amount,
            Optional<BigDecimal> energy,
            Optional<BigDecimal> carbon) {
        return new Intensity(
                per,
                unit,
                amount,
                energy.flatMap(kwh -> amount.flatMap(by -> Emissions.intensity(kwh, by))),
                carbon.flatMap(kg -> amount.flatMap(by -> Emissions.intensity(kg, by))));
    }
}
