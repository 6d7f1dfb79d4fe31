package energy.audit.analysis.regression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a model may carry a claim.
 *
 * @param reasons one sentence with its number for each rule that fails; empty when valid
 */
public record Verdict(boolean valid, List<String> reasons) {
    public Verdict {
        reasons = List.copyOf(reasons);
    }

    public static Verdict of(List<String> reasons) {
        return new Verdict(reasons.isEmpty(), reasons);
    }

    /** Judges a fitted model by itself. A limit that is met exactly fails where the rule says "below". */
    public static Verdict of(LinearFit fit, SepRules rules) {
        List<String> reasons = new ArrayList<>();
        if (!(fit.fPValue() < rules.modelP())) {
            reasons.add(sentence(
                    "The F test of the whole model has p = %s; it must be below %s.", fit.fPValue(), rules.modelP()));
        }
        double best = Double.POSITIVE_INFINITY;
        for (Coefficient slope : fit.slopes()) {
            best = Math.min(best, slope.p());
            if (!(slope.p() < rules.everyVariableP())) {
                reasons.add("Variable " + slope.name()
                        + sentence(
                                " has p = %s; every variable's must be below %s.", slope.p(), rules.everyVariableP()));
            }
        }
        if (!(best < rules.oneVariableP())) {
            reasons.add(sentence(
                    "The smallest p of a variable is %s; at least one must be below %s.", best, rules.oneVariableP()));
        }
        if (!(fit.rSquared() >= rules.rSquared())) {
            reasons.add(sentence("R² is %s; it must be at least %s.", fit.rSquared(), rules.rSquared()));
        }
        return of(reasons);
    }

    /**
     * Judges whether a model may be applied to other data.
     *
     * @param applied the variables of the period the model is applied to, in the model's order
     * @param period its name in the sentences, such as "reporting period"
     */
    public static Verdict ofApplication(LinearFit fit, List<Series> applied, String period, SepRules rules) {
        List<String> reasons = new ArrayList<>();
        for (int j = 0; j < applied.size(); j++) {
            Series known = fit.variables().get(j);
            double mean = applied.get(j).mean();
            double reach = rules.deviations() * known.standardDeviation();
            boolean inRange = mean >= known.smallest() && mean <= known.largest();
            if (!inRange && !(Math.abs(mean - known.mean()) <= reach)) {
                reasons.add("The mean of " + known.name() + " in the " + period + ", "
                        + sentence("%s, lies outside the model's range %s", mean, known.smallest())
                        + sentence(
                                " to %s, and more than %s standard deviations from its mean",
                                known.largest(), rules.deviations())
                        + sentence(" (%s to %s).", known.mean() - reach, known.mean() + reach));
            }
        }
        return of(reasons);
    }

    public Verdict and(Verdict other) {
        List<String> all = new ArrayList<>(reasons);
        all.addAll(other.reasons);
        return of(all);
    }

    private static String sentence(String format, double first, double second) {
        return String.format(Locale.ROOT, format, number(first), number(second));
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "undefined";
        }
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }
}
