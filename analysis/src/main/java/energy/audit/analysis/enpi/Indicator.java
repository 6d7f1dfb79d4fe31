package energy.audit.analysis.enpi;

import energy.audit.analysis.regression.ChangePointFit;
import energy.audit.analysis.regression.Coefficient;
import energy.audit.analysis.regression.LinearFit;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A kind of energy performance indicator. Each turns measured energy and the relevant variables of one period into a
 * figure; where a variable has no value, there is no figure and a reason.
 */
public sealed interface Indicator {
    /**
     * @param value in the unit; empty where there is none
     * @param expected energy that the model expects, in the energy's unit; empty for kinds without a model
     * @param reason why there is no value; empty where there is one
     */
    record Figure(OptionalDouble value, String unit, OptionalDouble expected, String reason) {
        static Figure none(String unit, String reason) {
            return new Figure(OptionalDouble.empty(), unit, OptionalDouble.empty(), reason);
        }

        static Figure index(double energy, double expected) {
            return expected > 0 && Double.isFinite(expected)
                    ? new Figure(OptionalDouble.of(energy / expected), "1", OptionalDouble.of(expected), "")
                    : none("1", "the model expects " + expected + ", and measured energy cannot be divided by that");
        }
    }

    String name();

    /**
     * @param energy measured over the period
     * @param variables of the period by name
     */
    Figure of(double energy, Map<String, Double> variables);

    /** The measured energy itself. */
    record SimpleValue(String name, String unit) implements Indicator {
        @Override
        public Figure of(double energy, Map<String, Double> variables) {
            return new Figure(OptionalDouble.of(energy), unit, OptionalDouble.empty(), "");
        }
    }

    /** Energy for each unit of one variable; honest only without a base load. */
    record Ratio(String name, String variable, String unit) implements Indicator {
        @Override
        public Figure of(double energy, Map<String, Double> variables) {
            Double per = variables.get(variable);
            if (per == null) {
                return Figure.none(unit, "no value of " + variable);
            }
            return per > 0
                    ? new Figure(OptionalDouble.of(energy / per), unit, OptionalDouble.empty(), "")
                    : Figure.none(unit, variable + " is " + per + ", and energy cannot be divided by that");
        }
    }

    /**
     * Measured over expected energy by a linear model; below 1 is better than the baseline. Variables are means of the
     * model's own interval, and the energy is that of one interval.
     */
    record LinearModel(String name, LinearFit fit) implements Indicator {
        @Override
        public Figure of(double energy, Map<String, Double> variables) {
            double expected = fit.intercept().map(Coefficient::estimate).orElse(0.0);
            for (Coefficient slope : fit.slopes()) {
                Double value = variables.get(slope.name());
                if (value == null) {
                    return Figure.none("1", "no value of " + slope.name());
                }
                expected += slope.estimate() * value;
            }
            return Figure.index(energy, expected);
        }
    }

    /** Measured over expected energy by a model with change points over one temperature, of one interval. */
    record ChangePointModel(String name, String temperature, ChangePointFit fit) implements Indicator {
        @Override
        public Figure of(double energy, Map<String, Double> variables) {
            Double value = variables.get(temperature);
            return value == null
                    ? Figure.none("1", "no value of " + temperature)
                    : Figure.index(energy, fit.predict(value));
        }
    }

    /** Measured over expected energy by an engineer's formula, which comes out in the energy's unit. */
    record EngineeringModel(String name, Formula formula) implements Indicator {
        @Override
        public Figure of(double energy, Map<String, Double> variables) {
            List<String> without = formula.variables().keySet().stream()
                    .filter(v -> !variables.containsKey(v))
                    .sorted()
                    .toList();
            return without.isEmpty()
                    ? Figure.index(energy, formula.of(variables))
                    : Figure.none("1", "no value of " + String.join(", ", without));
        }
    }
}
