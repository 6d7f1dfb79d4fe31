package energy.audit.cli;

import energy.audit.analysis.performance.PeriodData;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.NoModel;
import energy.audit.analysis.regression.SepRules;
import energy.audit.analysis.regression.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fits a model of energy. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        description = {
            "Fits a linear model of energy by least squares, with statistics and a verdict by the rules of SEP.",
            "Exit status: 0 the model is valid, 1 it is not (reasons are given), 2 the data cannot be used."
        },
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Example: energy-audit enpi fit --data months.csv --energy kWh --variables pieces,hdd \\",
            "             --from 2025-01-01 --to 2025-12-31 --json"
        })
final class EnpiFit implements Callable<Integer> {
    private static final int FEW = 10;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "F.csv", description = "one row for each interval")
    private Path data = Path.of("");

    @Option(names = "--energy", required = true, paramLabel = "COL", description = "column of the energy")
    private String energy = "";

    @Option(
            names = "--variables",
            required = true,
            split = ",",
            paramLabel = "A,B",
            description = "columns of the relevant variables")
    private List<String> variables = List.of();

    @Option(names = "--from", paramLabel = "D", description = "first day (or month, year, time) of the data used")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "D", description = "last day of the data used")
    private Optional<String> to = Optional.empty();

    @Option(names = "--date-column", paramLabel = "COL", description = "column of the dates, if not found by its name")
    private Optional<String> dateColumn = Optional.empty();

    @Option(names = "--no-intercept", description = "a model through zero; R² is then over the sum of squares")
    private boolean noIntercept;

    @Option(
            names = "--degree",
            defaultValue = "1",
            paramLabel = "N",
            description = "polynomial of a single variable, 1 to 12 (default 1)")
    private int degree = 1;

    @Option(names = "--json", description = "one JSON document instead of a table")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (degree < 1 || degree > 12 || (degree > 1 && variables.size() != 1)) {
            throw Refused.input(
                    "--degree " + degree,
                    "does not fit " + variables.size() + " variables",
                    "A polynomial has one variable and a degree from 1 to 12.");
        }
        Optional<Period> period = from.isPresent() || to.isPresent()
                ? Optional.of(Period.of("--from/--to", from.orElse(""), to.orElse("")))
                : Optional.empty();
        PeriodData rows = EnergyTable.read(data, dateColumn, err::println).in(period, energy, variables);
        LinearFit fit = fit(rows);
        Verdict verdict = Verdict.of(fit, SepRules.SEP);
        if (fit.observations() < FEW) {
            err.println("note: " + fit.observations() + " observations are few; ten or more are usual.");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? ModelDocument.json(fit, verdict) : ModelDocument.text(fit, verdict));
        out.flush();
        return verdict.valid() ? 0 : Refused.ANSWER_IS_NO;
    }

    private LinearFit fit(PeriodData rows) {
        try {
            return degree > 1
                    ? LinearFit.polynomial(rows.energy(), rows.variables().get(0), degree, !noIntercept)
                    : LinearFit.of(rows.energy(), rows.variables(), !noIntercept);
        } catch (NoModel e) {
            throw Refused.input(data.toString(), "allows no model", e.reason());
        }
    }
}
