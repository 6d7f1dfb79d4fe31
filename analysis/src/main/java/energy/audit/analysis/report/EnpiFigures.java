package energy.audit.analysis.report;

import energy.audit.analysis.enpi.BaselineFit;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.performance.AfterAdjustments;
import energy.audit.analysis.performance.Cusum;
import energy.audit.analysis.performance.EnergyPerformance;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.performance.Performance;
import energy.audit.analysis.performance.PeriodData;
import energy.audit.analysis.performance.SourceData;
import energy.audit.analysis.regression.Coefficient;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.NoModel;
import energy.audit.analysis.regression.SepRules;
import energy.audit.analysis.regression.Series;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The figures of one energy performance indicator in a report: of its baseline's model, and of a reporting period by that
 * model (method forecast, site energy). A function of the baseline's inputs and the reporting intervals, so that backend
 * and verifier come to the same.
 */
public final class EnpiFigures {
    /** Of the uncertainty of savings. */
    public static final double CONFIDENCE = 0.9;

    /** Name of the constant among the coefficients. */
    public static final String INTERCEPT = "intercept";

    private static final String MISSING = "missing";

    /** Scale of numbers that are shares of one. */
    private static final double ONE = 1;

    private static final double PERCENT = 100;

    private final BaselineFit fit;
    private final List<String> variables;
    private final String quality;
    private final String coverage;

    /** An interval of the baseline. @param values of the model's variables, in their order */
    public record Input(BigDecimal energy, List<BigDecimal> values, String quality) {
        public Input {
            values = List.copyOf(values);
        }
    }

    /**
     * @param variables ids of those that the model uses
     * @param leftOut intervals of the baseline that are no input
     * @throws NoModel where the inputs allow none
     */
    public EnpiFigures(ModelKind kind, List<String> variables, List<Input> inputs, int leftOut) {
        if (!printable(kind)) {
            throw new NoModel("models of kind " + kind.text() + " have no figures in reports");
        }
        this.variables = List.copyOf(variables);
        List<Series> columns = Stream.iterate(0, j -> j < variables.size(), j -> j + 1)
                .map(j -> Series.ofDecimals(
                        variables.get(j),
                        inputs.stream().map(i -> i.values().get(j)).toList()))
                .toList();
        this.fit = BaselineFit.of(
                kind,
                Series.ofDecimals("energy", inputs.stream().map(Input::energy).toList()),
                columns,
                Optional.empty());
        this.quality = inputs.stream().allMatch(i -> i.quality().equals("measured")) ? "measured" : "estimated";
        this.coverage = ReportArithmetic.share(BigDecimal.valueOf(inputs.size()), inputs.size() + leftOut);
    }

    /** Kinds whose models a verifier can compute again from whole register counts. */
    public static boolean printable(ModelKind kind) {
        return kind == ModelKind.VALUE || kind == ModelKind.RATIO || kind == ModelKind.LINEAR;
    }

    public BaselineFit fit() {
        return fit;
    }

    /** Names of the coefficients: the intercept and the variables; of a mean, {@code mean}. */
    public List<String> coefficients() {
        return fit.fit()
                .map(model -> Stream.concat(
                                model.intercept().stream().map(Coefficient::name),
                                model.slopes().stream().map(Coefficient::name))
                        .toList())
                .orElseGet(() -> fit.kind() == ModelKind.RATIO ? variables : List.of("mean"));
    }

    /**
     * A figure about the model.
     *
     * @param of name of the coefficient, where the formula is about one
     * @param printed what was printed for it, or nothing
     * @throws IllegalArgumentException where such a model has no such figure
     */
    public FigureValue ofModel(EnpiFormula formula, String of, String printed) {
        return switch (formula) {
            case OBSERVATIONS -> new FigureValue(Integer.toString(fit.energy().size()), quality, coverage, "");
            case COEFFICIENT ->
                number(
                        fit.fit().isPresent()
                                ? coefficient(of).estimate()
                                : known(coefficients().contains(of), of, fit.factor()),
                        perUnit(of),
                        printed);
            case STANDARD_ERROR -> number(coefficient(of).standardError(), perUnit(of), printed);
            case P -> chance(coefficient(of).p(), printed);
            case F_P -> chance(model().fPValue(), printed);
            case R_SQUARED -> number(model().rSquared(), ONE, printed);
            case ADJUSTED_R_SQUARED -> number(model().adjustedRSquared(), ONE, printed);
            case CV_RMSE -> number(model().cvRmse(), ONE, printed);
            case AUTOCORRELATION -> number(model().autocorrelationLag1(), ONE, printed);
            case DURBIN_WATSON -> number(model().durbinWatson(), ONE, printed);
            default -> throw new IllegalArgumentException(formula.text() + " is about no model");
        };
    }

    /** What the model expects of an interval. */
    public FigureValue expected(EnpiRow row, String printed) {
        if (!row.usable()) {
            return leftOut();
        }
        double expected = fit.expected(columns(List.of(row)), 1)[0];
        return Double.isFinite(expected)
                ? new FigureValue(
                        PrintedDigits.number(expected, magnitude(fit.energy()), printed), row.quality(), "1", "")
                : noValue();
    }

    /** The running sum of energy minus expected energy at the end of the last row; one that is left out has none. */
    public FigureValue cusum(List<EnpiRow> rows, String printed) {
        List<EnpiRow> usable = usable(rows);
        if (rows.isEmpty() || !rows.get(rows.size() - 1).usable()) {
            return leftOut();
        }
        double[] sums = Cusum.of(energy(usable), Series.of("expected", fit.expected(columns(usable), usable.size())));
        return ofRows(rows, sums[sums.length - 1], size(usable), printed);
    }

    /**
     * A figure about a reporting period.
     *
     * @param rows all its intervals, in order
     * @throws IllegalArgumentException of a claim where none may be made: {@link #against} says why
     */
    public FigureValue ofPeriod(EnpiFormula formula, List<EnpiRow> rows, String printed) {
        List<EnpiRow> usable = usable(rows);
        if (usable.isEmpty()) {
            return new FigureValue("", MISSING, "0", "no interval has energy and all variables");
        }
        if (formula == EnpiFormula.ACTUAL) {
            BigDecimal sum = usable.stream()
                    .map(row -> new BigDecimal(row.energy().value()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            return described(rows, PrintedDigits.exact(sum));
        }
        if (formula == EnpiFormula.ADJUSTED_BASELINE && fit.fit().isEmpty()) {
            double sum = Series.of("expected", fit.expected(columns(usable), usable.size()))
                    .total();
            return ofRows(rows, sum, size(usable), printed);
        }
        Performance performance = performance(usable);
        if (formula.about() == EnpiFormula.About.CLAIM && !performance.verdict().valid()) {
            throw new IllegalArgumentException("no claim may be made: "
                    + String.join(" ", performance.verdict().reasons()));
        }
        return switch (formula) {
            case ADJUSTED_BASELINE -> ofRows(rows, performance.adjustedBaseline(), size(usable), printed);
            case SAVINGS -> ofRows(rows, performance.savings(), size(usable), printed);
            case IMPROVEMENT -> ofRows(rows, performance.improvementPercent(), PERCENT, printed);
            case SENPI -> ofRows(rows, performance.senpi(), ONE, printed);
            case UNCERTAINTY -> {
                double band = performance.uncertainty().absolute();
                yield Double.isFinite(band) ? described(rows, PrintedDigits.ofDistribution(band, printed)) : noValue();
            }
            default -> throw new IllegalArgumentException(formula.text() + " is about no period");
        };
    }

    /**
     * A claim after non-routine adjustments.
     *
     * @param adjustments kWh added to the adjusted baseline, of each approved record; at least one
     */
    public FigureValue afterAdjustments(
            EnpiFormula formula, List<EnpiRow> rows, List<BigDecimal> adjustments, String printed) {
        List<EnpiRow> usable = usable(rows);
        if (usable.isEmpty()) {
            return new FigureValue("", MISSING, "0", "no interval has energy and all variables");
        }
        Performance performance = performance(usable);
        if (!performance.verdict().valid()) {
            throw new IllegalArgumentException("no claim may be made: "
                    + String.join(" ", performance.verdict().reasons()));
        }
        if (formula == EnpiFormula.ADJUSTMENTS) {
            return described(rows, PrintedDigits.exact(adjustments.stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
        }
        AfterAdjustments after = AfterAdjustments.of(
                performance,
                adjustments.stream().mapToDouble(BigDecimal::doubleValue).toArray());
        return formula == EnpiFormula.SAVINGS_AFTER_ADJUSTMENTS
                ? ofRows(rows, after.savings(), size(usable), printed)
                : ofRows(rows, after.improvementPercent(), PERCENT, printed);
    }

    /** Why no savings may be claimed of these intervals; empty: they may. */
    public List<String> against(List<EnpiRow> rows) {
        if (fit.fit().isEmpty()) {
            return fit.verdict().reasons();
        }
        List<EnpiRow> usable = usable(rows);
        return usable.isEmpty()
                ? List.of("No interval of the period has energy and all variables.")
                : performance(usable).verdict().reasons();
    }

    private Performance performance(List<EnpiRow> usable) {
        PeriodData before = new PeriodData(fit.energy(), fit.variables());
        PeriodData after = new PeriodData(energy(usable), columns(usable));
        model();
        return EnergyPerformance.of(
                Method.FORECAST, List.of(SourceData.of("energy", before, after)), true, CONFIDENCE, SepRules.SEP);
    }

    private static List<EnpiRow> usable(List<EnpiRow> rows) {
        return rows.stream().filter(EnpiRow::usable).toList();
    }

    private static Series energy(List<EnpiRow> usable) {
        return Series.ofDecimals(
                "energy",
                usable.stream().map(row -> new BigDecimal(row.energy().value())).toList());
    }

    private List<Series> columns(List<EnpiRow> usable) {
        return variables.stream()
                .map(id -> Series.ofDecimals(
                        id,
                        usable.stream().map(row -> value(row.variables(), id)).toList()))
                .toList();
    }

    private static BigDecimal value(Map<String, FigureValue> values, String id) {
        return new BigDecimal(Objects.requireNonNull(values.get(id), id).value());
    }

    /** What differences of energies are made from, kWh. */
    private double size(List<EnpiRow> usable) {
        return magnitude(fit.energy()) + magnitude(energy(usable));
    }

    /** kWh for a unit of a variable; of the constant, for an interval. */
    private double perUnit(String of) {
        int at = variables.indexOf(of);
        double by = at < 0 ? fit.energy().size() : magnitude(fit.variables().get(at));
        return magnitude(fit.energy()) / by;
    }

    private static double magnitude(Series series) {
        double sum = 0;
        for (double value : series.values()) {
            sum += Math.abs(value);
        }
        return sum;
    }

    private Coefficient coefficient(String of) {
        LinearFit model = model();
        return Stream.concat(model.intercept().stream(), model.slopes().stream())
                .filter(each -> each.name().equals(of))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the model has no coefficient '" + of + "'"));
    }

    private LinearFit model() {
        return fit.fit()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a model of kind " + fit.kind().text() + " has no statistics of fit"));
    }

    private static double known(boolean there, String of, double value) {
        if (!there) {
            throw new IllegalArgumentException("the model has no coefficient '" + of + "'");
        }
        return value;
    }

    private FigureValue number(double value, double scale, String printed) {
        return Double.isFinite(value)
                ? new FigureValue(PrintedDigits.number(value, scale, printed), quality, coverage, "")
                : noValue();
    }

    private FigureValue chance(double value, String printed) {
        return Double.isFinite(value)
                ? new FigureValue(PrintedDigits.ofDistribution(value, printed), quality, coverage, "")
                : noValue();
    }

    private static FigureValue ofRows(List<EnpiRow> rows, double value, double scale, String printed) {
        return Double.isFinite(value) ? described(rows, PrintedDigits.number(value, scale, printed)) : noValue();
    }

    /** Quality of the usable rows, and how many of all they are. */
    private static FigureValue described(List<EnpiRow> rows, String value) {
        List<EnpiRow> usable = usable(rows);
        int without = rows.size() - usable.size();
        return new FigureValue(
                value,
                usable.stream().allMatch(row -> row.quality().equals("measured")) ? "measured" : "estimated",
                ReportArithmetic.share(BigDecimal.valueOf(usable.size()), rows.size()),
                without == 0 ? "" : without + " of " + rows.size() + " intervals left out");
    }

    private static FigureValue leftOut() {
        return new FigureValue("", MISSING, "0", "left out");
    }

    private static FigureValue noValue() {
        return new FigureValue("", MISSING, "0", "these data give no value");
    }
}
