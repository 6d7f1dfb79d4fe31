package energy.audit.cli;

import energy.audit.analysis.performance.AccountedEnergy;
import energy.audit.analysis.performance.EnergyPerformance;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.performance.NonRoutineAdjustment;
import energy.audit.analysis.performance.Performance;
import energy.audit.analysis.performance.PeriodData;
import energy.audit.analysis.performance.SavingsCourse;
import energy.audit.analysis.performance.SavingsInWords;
import energy.audit.analysis.performance.SourceData;
import energy.audit.analysis.regression.NoModel;
import energy.audit.analysis.regression.SepRules;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Savings of a reporting period against a baseline. */
@Command(
        name = "savings",
        mixinStandardHelpOptions = true,
        description = {
            "Compares a reporting period with a baseline under equal conditions, with uncertainty.",
            "forecast           model of the baseline, applied to the reporting period",
            "backcast           model of the reporting period, applied to the baseline",
            "chaining           model of a period between, applied to both",
            "standard-conditions  models of both, applied to the same conditions",
            "Several sources: repeat --energy and --variables; energies are added after --primary-factor, and the",
            "result in site energy stands beside the one in primary energy.",
            "The running sum of actual minus expected (CUSUM) starts at zero where the model's period ends, for",
            "backcast and chaining at the start of the baseline; --events marks on it what happened.",
            "Exit status: 0 valid, 1 no claim may be made (reasons are given), 2 the data cannot be used."
        },
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Example: energy-audit enpi savings --data months.csv --energy kWh --variables pieces,hdd \\",
            "             --baseline 2024-01-01..2024-12-31 --reporting 2025-01-01..2025-12-31 --method forecast --json"
        })
final class EnpiSavings implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "F.csv", description = "one row for each interval")
    private Path data = Path.of("");

    @Option(names = "--energy", required = true, paramLabel = "COL", description = "column of the energy")
    private List<String> energies = List.of();

    @Option(
            names = "--variables",
            required = true,
            paramLabel = "A,B",
            description = "columns of the relevant variables")
    private List<String> variables = List.of();

    @Option(
            names = "--primary-factor",
            paramLabel = "X",
            description = "weight of a source in the sum, one for each --energy (default 1)")
    private List<Double> factors = List.of();

    @Option(names = "--baseline", required = true, paramLabel = "D..D", description = "first and last day")
    private String baseline = "";

    @Option(names = "--reporting", required = true, paramLabel = "D..D", description = "first and last day")
    private String reporting = "";

    @Option(
            names = "--model",
            paramLabel = "D..D",
            description = "chaining: the period of the model (default: all between baseline and reporting period)")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--standard",
            paramLabel = "F.csv",
            description = "standard conditions: one row for each interval, columns as --variables "
                    + "(default: the conditions of both periods together)")
    private Optional<Path> standard = Optional.empty();

    @Option(
            names = "--method",
            required = true,
            paramLabel = "M",
            description = "forecast, backcast, chaining or standard-conditions")
    private String method = "";

    @Option(
            names = "--confidence",
            defaultValue = "0.9",
            paramLabel = "P",
            description = "of the uncertainty, between 0 and 1 (default 0.9)")
    private double confidence = 0.9;

    @Option(
            names = "--uncounted",
            paramLabel = "NAME=ENERGY",
            description =
                    "a source without model and its primary energy in the reporting period: for the check that 95 %% "
                            + "of energy is accounted for")
    private Map<String, Double> uncounted = Map.of();

    @Option(
            names = "--adjustments",
            paramLabel = "F.csv",
            description =
                    "non-routine adjustments: static factor, before, after, from, until, energy, method, evidence, "
                            + "proposed by, approved by (empty: counts for nothing)")
    private Optional<Path> adjustments = Optional.empty();

    @Option(names = "--events", paramLabel = "F.csv", description = "date,event: marked on the CUSUM")
    private Optional<Path> events = Optional.empty();

    @Option(names = "--unit", defaultValue = "kWh", paramLabel = "U", description = "of the energies (default kWh)")
    private String unit = "kWh";

    @Option(names = "--date-column", paramLabel = "COL", description = "column of the dates, if not found by its name")
    private Optional<String> dateColumn = Optional.empty();

    @Option(names = "--no-intercept", description = "models through zero")
    private boolean noIntercept;

    @Option(names = "--json", description = "one JSON document instead of a table")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Method chosen = method();
        check();
        Period before = Period.of("--baseline", baseline);
        Period after = Period.of("--reporting", reporting);
        if (before.overlaps(after)) {
            throw Refused.input(
                    "--baseline " + baseline + " and --reporting " + reporting,
                    "overlap",
                    "Savings compare two periods that have no day in common.");
        }
        EnergyTable table = EnergyTable.read(data, dateColumn, err::println);
        List<SourceData> sources = new ArrayList<>();
        for (int i = 0; i < energies.size(); i++) {
            sources.add(source(table, i, before, after, chosen));
        }
        SavingsDocument.notes(sources).forEach(err::println);
        SavingsDocument document = document(chosen, sources, table, before, after);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? document.json() : document.text());
        out.flush();
        return document.verdict().valid() ? 0 : Refused.ANSWER_IS_NO;
    }

    private SavingsDocument document(
            Method chosen, List<SourceData> sources, EnergyTable table, Period before, Period after) {
        Performance performance = performance(chosen, sources, confidence);
        boolean weighed = sources.stream().anyMatch(source -> source.primaryFactor() != 1);
        Optional<Performance> site = weighed
                ? Optional.of(performance(
                        chosen,
                        sources.stream().map(s -> s.withPrimaryFactor(1)).toList(),
                        confidence))
                : Optional.empty();
        Map<String, Double> primary = new LinkedHashMap<>(uncounted);
        sources.forEach(source -> primary.put(
                source.source(),
                source.primaryFactor() * source.reporting().energy().total()));
        return new SavingsDocument(
                performance,
                site,
                AccountedEnergy.of(
                        primary,
                        sources.stream().map(SourceData::source).collect(Collectors.toSet()),
                        AccountedEnergy.SEP_SHARE),
                adjustments.map(file -> NonRoutineAdjustment.apply(performance, DatedRecords.adjustments(file, unit))),
                SavingsInWords.of(performance, performance(chosen, sources, SavingsInWords.ASHRAE_CONFIDENCE), unit),
                SavingsCourse.of(
                        performance,
                        sources,
                        table.starts(before),
                        table.starts(after),
                        events.map(DatedRecords::events).orElse(List.of())),
                unit);
    }

    private Performance performance(Method chosen, List<SourceData> sources, double level) {
        try {
            return EnergyPerformance.of(chosen, sources, !noIntercept, level, SepRules.SEP);
        } catch (NoModel e) {
            throw Refused.input(data.toString(), "allows no savings", e.reason());
        }
    }

    private SourceData source(EnergyTable table, int index, Period before, Period after, Method chosen) {
        String energy = energies.get(index);
        List<String> names = names(index);
        SourceData source = SourceData.of(
                        energy.trim(),
                        table.in(Optional.of(before), energy, names),
                        table.in(Optional.of(after), energy, names))
                .withPrimaryFactor(factors.isEmpty() ? 1 : factors.get(index));
        if (chosen == Method.CHAINING) {
            PeriodData middle = table.in(Optional.of(middle(before, after)), energy, names);
            return source.withMiddle(middle);
        }
        if (chosen == Method.STANDARD_CONDITIONS && standard.isPresent()) {
            PrintWriter err = spec.commandLine().getErr();
            return source.withStandard(
                    EnergyTable.read(standard.get(), dateColumn, err::println).columns(names));
        }
        return source;
    }

    private Period middle(Period before, Period after) {
        if (model.isPresent()) {
            return Period.of("--model", model.get());
        }
        if (!before.to().isBefore(after.from())) {
            throw Refused.input(
                    "--method chaining",
                    "has no period between baseline and reporting period to fit its model on",
                    "Name one with --model D..D.");
        }
        return new Period(
                before.to().toLocalDate() + ".." + after.from().toLocalDate().minusDays(1), before.to(), after.from());
    }

    private List<String> names(int index) {
        return Arrays.stream(variables.get(index).split(",", -1))
                .map(String::trim)
                .toList();
    }

    private Method method() {
        for (Method candidate : Method.values()) {
            if (SavingsDocument.name(candidate).equals(method.toLowerCase(Locale.ROOT))) {
                return candidate;
            }
        }
        throw Refused.input(
                "--method " + method, "is no method", "Choose forecast, backcast, chaining or standard-conditions.");
    }

    private void check() {
        if (energies.size() != variables.size() || !(factors.isEmpty() || factors.size() == energies.size())) {
            throw Refused.input(
                    "--energy, --variables, --primary-factor",
                    "are given " + energies.size() + ", " + variables.size() + " and " + factors.size() + " times",
                    "Give each energy its own variables, and a factor to each or to none.");
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw Refused.input("--confidence " + confidence, "is not between 0 and 1", "Write 0.9 for 90 %.");
        }
        if (model.isPresent() && method() != Method.CHAINING) {
            throw Refused.input("--model", "belongs to chaining only", "Leave it out, or use --method chaining.");
        }
    }
}
