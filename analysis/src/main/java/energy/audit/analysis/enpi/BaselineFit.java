package energy.audit.analysis.enpi;

import static energy.audit.analysis.document.ModelFigures.number;

import energy.audit.analysis.document.ModelFigures;
import energy.audit.analysis.regression.ChangePointFit;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.NoModel;
import energy.audit.analysis.regression.SepRules;
import energy.audit.analysis.regression.Series;
import energy.audit.analysis.regression.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a baseline's intervals say about the energy to be expected. A function of the kind and the intervals alone, so that
 * whoever holds them comes to the same numbers.
 */
public final class BaselineFit {
    private final ModelKind kind;
    private final Series energy;
    private final List<Series> variables;
    private final Optional<LinearFit> fit;
    private final Optional<ChangePointFit> changePoint;
    private final Optional<Formula> formula;
    private final double factor;
    private final Verdict verdict;

    private BaselineFit(ModelKind kind, Series energy, List<Series> variables, Optional<Formula> formula) {
        this.kind = kind;
        this.energy = energy;
        this.variables = List.copyOf(variables);
        this.formula = formula;
        this.changePoint = kind.shape()
                .map(shape -> ChangePointFit.refined(
                                energy, variables.get(0), shape, ChangePointFit.Grid.over(variables.get(0)))
                        .orElseThrow(() -> new NoModel("no change point of a " + kind.text()
                                + " model leaves enough intervals on each side, with slopes of the allowed sign. Take a"
                                + " longer period, or another kind.")));
        this.fit = kind == ModelKind.LINEAR
                ? Optional.of(LinearFit.of(energy, variables, true))
                : changePoint.map(ChangePointFit::fit);
        this.factor = kind == ModelKind.RATIO
                ? energy.total() / variables.get(0).total()
                : kind == ModelKind.VALUE ? energy.mean() : Double.NaN;
        this.verdict = fit.map(model -> Verdict.of(model, SepRules.SEP))
                .orElseGet(() -> Verdict.of(List.of("A model of kind " + kind.text()
                        + " has no statistics of fit; it is shown and carries no claim of savings.")));
    }

    /**
     * @param energy measured, one value for each interval
     * @param variables the same intervals; one for a ratio or a model with change points, at least one for a linear model
     * @param formula of an engineering model, and of no other
     * @throws NoModel where the intervals allow none
     */
    public static BaselineFit of(ModelKind kind, Series energy, List<Series> variables, Optional<Formula> formula) {
        boolean one = kind == ModelKind.RATIO || kind.shape().isPresent();
        if (one && variables.size() != 1) {
            throw new NoModel(
                    "a model of kind " + kind.text() + " has one variable, not " + variables.size() + ". Choose one.");
        }
        if (kind == ModelKind.LINEAR && variables.isEmpty()) {
            throw new NoModel("a linear model needs a variable. Choose one.");
        }
        if ((kind == ModelKind.ENGINEERING) != formula.isPresent()) {
            throw new NoModel("an engineering model, and no other, has a formula. Add it or leave it out.");
        }
        if (energy.size() == 0) {
            throw new NoModel("there is no interval with energy and all variables. Take another period.");
        }
        return new BaselineFit(kind, energy, variables, formula);
    }

    public ModelKind kind() {
        return kind;
    }

    /** Measured energy of the baseline. */
    public Series energy() {
        return energy;
    }

    public List<Series> variables() {
        return variables;
    }

    /** Of the kinds that are fitted by least squares. */
    public Optional<LinearFit> fit() {
        return fit;
    }

    /** Energy for each unit of the variable of a ratio, mean energy of a value; not a number for other kinds. */
    public double factor() {
        return factor;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** The columns of the linear model for values of the variables; with change points, degrees on each side of them. */
    public List<Series> columns(List<Series> values) {
        return changePoint
                .map(found -> found.shape()
                        .columns(
                                values.get(0),
                                found.changePoints().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray()))
                .orElse(values);
    }

    /** Energy to be expected in each interval, in the unit of the energy. */
    public double[] expected(List<Series> values, int intervals) {
        if (fit.isPresent()) {
            return fit.get().predict(columns(values));
        }
        double[] expected = new double[intervals];
        for (int i = 0; i < intervals; i++) {
            if (formula.isPresent()) {
                Map<String, Double> row = new HashMap<>();
                for (Series value : values) {
                    row.put(value.name(), value.at(i));
                }
                expected[i] = formula.get().of(row);
            } else {
                expected[i] = kind == ModelKind.RATIO ? factor * values.get(0).at(i) : factor;
            }
        }
        return expected;
    }

    /** Coefficients and statistics, with the names of {@code enpi fit --json} where there is a fit. */
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("kind", kind.text());
        if (fit.isPresent()) {
            document.putAll(ModelFigures.of(fit.get(), verdict));
            changePoint.ifPresent(found -> {
                List<Map<String, @Nullable Object>> points = new ArrayList<>();
                for (int i = 0; i < found.changePoints().size(); i++) {
                    Map<String, @Nullable Object> point = new LinkedHashMap<>();
                    point.put("at", number(found.changePoints().get(i)));
                    point.put("low", number(found.intervals().get(i).low()));
                    point.put("high", number(found.intervals().get(i).high()));
                    points.add(point);
                }
                document.put("changePoints", points);
            });
            return document;
        }
        document.put("n", energy.size());
        if (formula.isPresent()) {
            double[] expected = expected(variables, energy.size());
            double squares = 0;
            double sum = 0;
            for (int i = 0; i < expected.length; i++) {
                double rest = energy.at(i) - expected[i];
                squares += rest * rest;
                sum += rest;
            }
            document.put("formula", formula.get().text());
            document.put("cvRmse", number(Math.sqrt(squares / expected.length) / energy.mean()));
            document.put("nmbe", number(sum / (expected.length * energy.mean())));
        } else {
            document.put("value", number(factor));
        }
        document.put("valid", verdict.valid());
        document.put("reasons", verdict.reasons());
        return document;
    }
}
