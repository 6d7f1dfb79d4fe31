package energy.audit.analysis.performance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** What savings and their uncertainty mean, for a reader who is no statistician. */
public final class SavingsInWords {
    /** The level at which ASHRAE Guideline 14 states its bound on the uncertainty of annual savings. */
    public static final double ASHRAE_CONFIDENCE = 0.68;

    private static final double ASHRAE_BOUND = 0.5;

    private SavingsInWords() {}

    /**
     * One to four sentences.
     *
     * @param performance with the confidence that is asked for
     * @param atAshraeLevel the same with {@link #ASHRAE_CONFIDENCE}
     * @param unit of the energies, such as kWh
     */
    public static List<String> of(Performance performance, Performance atAshraeLevel, String unit) {
        List<String> words = new ArrayList<>();
        double savings = performance.savings();
        Uncertainty uncertainty = performance.uncertainty();
        words.add(
                savings >= 0
                        ? "The reporting period used " + energy(savings, unit)
                                + " less than it would have with the baseline's performance."
                        : "The reporting period used " + energy(-savings, unit)
                                + " more than it would have with the baseline's performance.");
        if (!Double.isFinite(uncertainty.absolute())) {
            words.add("How sure that is cannot be said: what the model leaves unexplained in one interval repeats so "
                    + "strongly in the next that the intervals are worth no independent observation.");
            return words;
        }
        words.add("With " + percent(uncertainty.confidence()) + " confidence the true savings lie between "
                + energy(savings - uncertainty.absolute(), unit) + " and "
                + energy(savings + uncertainty.absolute(), unit) + ".");
        if (uncertainty.absolute() >= Math.abs(savings)) {
            words.add("That range includes zero: at this confidence they cannot be told from no savings at all.");
        } else {
            words.add("The uncertainty is " + percent(uncertainty.relative()) + " of the savings.");
        }
        double relative = atAshraeLevel.uncertainty().relative();
        words.add("ASHRAE Guideline 14 asks for less than 50 % at 68 % confidence; here it is "
                + (Double.isFinite(relative) ? percent(relative) : "unbounded") + ", which "
                + (relative < ASHRAE_BOUND ? "keeps the bound." : "does not keep it."));
        return words;
    }

    private static String energy(double value, String unit) {
        return number(value) + " " + unit;
    }

    private static String percent(double fraction) {
        return number(100 * fraction) + " %";
    }

    /** Four significant digits, written out. */
    private static String number(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
