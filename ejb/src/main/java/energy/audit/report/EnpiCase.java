package energy.audit.report;

import energy.audit.analysis.report.EnpiFigures;
import energy.audit.analysis.report.EnpiRow;
import energy.audit.analysis.report.FigureValue;
import energy.audit.consumption.Resolution;
import energy.audit.evidence.ExchangesInForce;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.kernel.ChannelId;
import energy.audit.performance.Adjustment;
import energy.audit.performance.Baseline;
import energy.audit.performance.EnpiDefinition;
import energy.audit.performance.RelevantVariable;
import energy.audit.performance.Standing;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An indicator with an approved baseline whose boundary lies in the report, and the registers that its figures need.
 *
 * @param intervals whole steps of the report's period that begin after the baseline
 */
record EnpiCase(Standing standing, Baseline baseline, SitePlan site, List<Stretch> intervals) {
    EnpiCase {
        intervals = List.copyOf(intervals);
    }

    /** A day or month. @param day its first */
    record Stretch(LocalDate day, Instant from, Instant to) {}

    /** Of those that have a baseline in force, ascending by site and name. */
    static List<EnpiCase> of(List<Standing> standings, List<SitePlan> sites, LocalDate first, LocalDate last) {
        List<EnpiCase> cases = new ArrayList<>();
        for (SitePlan site : sites) {
            for (Standing standing : standings) {
                if (standing.definition().site().value().equals(site.site())
                        && standing.inForce().isPresent()) {
                    Baseline baseline = standing.inForce().get();
                    cases.add(new EnpiCase(
                            standing, baseline, site, stretches(standing.definition(), baseline, site, first, last)));
                }
            }
        }
        return cases;
    }

    private static List<Stretch> stretches(
            EnpiDefinition enpi, Baseline baseline, SitePlan site, LocalDate first, LocalDate last) {
        boolean monthly = enpi.step() == Resolution.MONTH;
        LocalDate start =
                baseline.last().isBefore(first) ? first : baseline.last().plusDays(1);
        if (monthly && start.getDayOfMonth() > 1) {
            start = start.withDayOfMonth(1).plusMonths(1);
        }
        List<Stretch> stretches = new ArrayList<>();
        for (LocalDate next; ; start = next) {
            next = monthly ? start.plusMonths(1) : start.plusDays(1);
            if (next.isAfter(last.plusDays(1))) {
                return stretches;
            }
            stretches.add(new Stretch(
                    start,
                    start.atStartOfDay(site.zone()).toInstant(),
                    next.atStartOfDay(site.zone()).toInstant()));
        }
    }

    EnpiDefinition enpi() {
        return standing.definition();
    }

    /** Why a verifier could not compute its figures from whole register counts; the key of a sentence. */
    Optional<String> whyNot() {
        if (!EnpiFigures.printable(enpi().kind())) {
            return Optional.of("enpi.not.kind");
        }
        boolean gauges = enpi().variables().stream()
                .anyMatch(v -> v.counter().isEmpty() && v.imported().isEmpty());
        return gauges || baseline.inputs().isEmpty() ? Optional.of("enpi.not.variable") : Optional.empty();
    }

    /** kWh of each adjustment that counts. */
    List<BigDecimal> adjustments() {
        return counted().stream().map(Adjustment::energyKwh).toList();
    }

    /** Adjustments that touch the intervals and change nothing: nobody has decided, or they cannot count there. */
    List<Adjustment> notCounted() {
        return standing.adjustments().stream()
                .filter(each -> effect(each) != Adjustment.Effect.COUNTS && effect(each) != Adjustment.Effect.NONE)
                .toList();
    }

    /** Approved adjustments whose days lie in the intervals. */
    List<Adjustment> counted() {
        return standing.adjustments().stream()
                .filter(each -> effect(each) == Adjustment.Effect.COUNTS)
                .toList();
    }

    Adjustment.Effect effect(Adjustment adjustment) {
        return intervals.isEmpty()
                ? Adjustment.Effect.NONE
                : standing.effect(
                        adjustment,
                        intervals.get(0).day(),
                        LocalDate.ofInstant(intervals.get(intervals.size() - 1).to(), site.zone())
                                .minusDays(1));
    }

    /** Log entries that say what it is, what its baseline is, and what was decided. */
    Set<Long> entries() {
        Set<Long> entries = new TreeSet<>(Set.of(enpi().logIndex(), baseline.logIndex()));
        standing.decisions().forEach(decision -> entries.add(decision.logIndex()));
        return entries;
    }

    List<PrintedChannel> ofReporting(List<MeteringConfiguration> configurations, ExchangesInForce exchanges) {
        return channels(intervals, configurations, exchanges);
    }

    /** @param configurations as they were known when the baseline was proposed; likewise the exchanges */
    List<PrintedChannel> ofBaseline(List<MeteringConfiguration> configurations, ExchangesInForce exchanges) {
        return channels(inputs(), configurations, exchanges);
    }

    private List<PrintedChannel> channels(
            List<Stretch> stretches, List<MeteringConfiguration> configurations, ExchangesInForce exchanges) {
        if (stretches.isEmpty()) {
            return List.of();
        }
        Map<ChannelId, String> units = new LinkedHashMap<>();
        enpi().variables().forEach(variable -> variable.counter().ifPresent(channel -> units.put(channel, "")));
        enpi().channels().forEach(channel -> units.put(channel, EnpiDefinition.UNIT));
        List<PrintedChannel> channels = new ArrayList<>();
        units.forEach((channel, unit) -> {
            List<Figure> needed = stretches.stream()
                    .map(stretch -> Figure.newBuilder()
                            .setId(name(channel, stretch.from(), stretch.to()))
                            .setSite(site.site())
                            .setMeter(channel.meter())
                            .setChannel(channel.value())
                            .setUnit(unit)
                            .setFromMs(stretch.from().toEpochMilli())
                            .setToMs(stretch.to().toEpochMilli())
                            .build())
                    .toList();
            channels.add(PrintedChannel.exact(channel.value(), needed, configurations, exchanges));
        });
        return channels;
    }

    /** Energy and variables of an interval. @param differences of {@link #channels}, and values of imported variables */
    EnpiRow row(Instant from, Instant to, Map<String, FigureValue> differences) {
        List<FigureValue> energies = enpi().channels().stream()
                .map(channel -> difference(channel, from, to, differences))
                .toList();
        Map<String, FigureValue> variables = new HashMap<>();
        for (RelevantVariable variable : enpi().variables()) {
            FigureValue value = variable.counter()
                    .map(channel -> EnpiRow.amount(List.of(difference(channel, from, to, differences))))
                    .orElseGet(() ->
                            java.util.Objects.requireNonNull(differences.get(name(variable, from, to)), variable.id()));
            variables.put(variable.id(), value);
        }
        return new EnpiRow(EnpiRow.amount(energies), variables);
    }

    /** Whether the registers give what the baseline's inputs say. */
    boolean confirmed(Map<String, FigureValue> differences) {
        for (Baseline.Input input : baseline.inputs()) {
            EnpiRow row = row(input.from(), input.to(), differences);
            if (!same(row.energy(), input.energy())) {
                return false;
            }
            for (int j = 0; j < baseline.variables().size(); j++) {
                FigureValue value = row.variables().get(baseline.variables().get(j));
                if (value == null || !same(value, input.values().get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The model's figures, from the baseline's inputs. */
    EnpiFigures figures(Map<String, FigureValue> differences) {
        return new EnpiFigures(
                enpi().kind(),
                baseline.variables(),
                baseline.inputs().stream()
                        .map(input -> new EnpiFigures.Input(
                                input.energy(),
                                input.values(),
                                row(input.from(), input.to(), differences)
                                        .energy()
                                        .quality()))
                        .toList(),
                baseline.leftOut().size());
    }

    private static boolean same(FigureValue computed, BigDecimal said) {
        return !computed.value().isEmpty() && new BigDecimal(computed.value()).compareTo(said) == 0;
    }

    private static FigureValue difference(
            ChannelId channel, Instant from, Instant to, Map<String, FigureValue> differences) {
        return java.util.Objects.requireNonNull(differences.get(name(channel, from, to)), channel.value());
    }

    /** Under which the value of an imported variable stands beside the differences of registers. */
    String name(RelevantVariable variable, Instant from, Instant to) {
        return enpi().id() + "=" + variable.text() + " " + from + " " + to;
    }

    List<Stretch> inputs() {
        return baseline.inputs().stream()
                .map(input -> new Stretch(baseline.first(), input.from(), input.to()))
                .toList();
    }

    private static String name(ChannelId channel, Instant from, Instant to) {
        return channel + " " + from + " " + to;
    }
}
