package energy.audit.analysis.report;

import energy.audit.analysis.document.NumberText;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * How numbers that no finite decimal names are printed: with the digits that every other face of the product shows. No two
 * programs agree to the last of them, so a printed text is right when it is as near as the arithmetic of doubles allows
 * (docs/evidence-format.md, section 7).
 */
final class PrintedDigits {
    /** A number in the form of ECMA-262 with no more digits than a double has. */
    private static final Pattern NUMBER =
            Pattern.compile("-?(?=[0-9.]{1,24}(?:e|$))(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:e[+-][1-9][0-9]{0,2})?");

    /** Of the number and of what it was made from. */
    private static final double NEAR = 1e-12;

    /** Of probabilities and quantiles, which come from series and continued fractions. */
    private static final double NEAR_IN_DISTRIBUTIONS = 1e-9;

    private PrintedDigits() {}

    /**
     * A number made by sums, products and roots.
     *
     * @param scale size of what the number is a difference of, in its unit
     * @param printed what somebody has printed for it, or nothing
     * @return {@code printed} where that is right, else the number
     */
    static String number(double value, double scale, String printed) {
        return right(value, NEAR * (Math.abs(value) + Math.abs(scale)), printed);
    }

    /** A probability, or what has a quantile as a factor. */
    static String ofDistribution(double value, String printed) {
        return right(value, NEAR_IN_DISTRIBUTIONS * Math.abs(value) + Double.MIN_NORMAL, printed);
    }

    /** An exact number in full. */
    static String exact(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.signum() == 0 ? "0" : stripped.toPlainString();
    }

    private static String right(double value, double reach, String printed) {
        boolean near = NUMBER.matcher(printed).matches() && Math.abs(Double.parseDouble(printed) - value) <= reach;
        return near ? printed : NumberText.of(value);
    }
}
