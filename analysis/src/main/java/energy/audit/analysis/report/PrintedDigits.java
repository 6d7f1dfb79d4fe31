package energy.audit.analysis.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How numbers that no finite decimal names are printed, so that two correct programs agree: with a fixed number of digits,
 * and a printed text is right when it is not farther from the number than half a unit of its last digit and a little more
 * (docs/evidence-format.md, section 7).
 */
final class PrintedDigits {
    private static final MathContext SIGNIFICANT = new MathContext(8, RoundingMode.HALF_EVEN);
    private static final int DECIMALS_OF_CHANCES = 4;

    /** In units of the last digit: what two ways of computing may differ by where the number lies half-way. */
    private static final BigDecimal REACH = new BigDecimal("0.501");

    private PrintedDigits() {}

    /**
     * Eight significant digits.
     *
     * @param printed what somebody has printed for it, or nothing
     * @return {@code printed} where that is right, else the number rounded half to even; no exponent, no zeros at the end
     */
    static String significant(double value, String printed) {
        BigDecimal exact = new BigDecimal(value);
        return right(exact, exact.round(SIGNIFICANT), printed);
    }

    /** Four decimals, for probabilities: whether one is 1e-20 or 1e-30 is nothing that a reader could use. */
    static String chance(double value, String printed) {
        BigDecimal exact = new BigDecimal(value);
        return right(exact, exact.setScale(DECIMALS_OF_CHANCES, RoundingMode.HALF_EVEN), printed);
    }

    /** An exact number in full. */
    static String exact(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.signum() == 0 ? "0" : stripped.toPlainString();
    }

    private static String right(BigDecimal exact, BigDecimal rounded, String printed) {
        BigDecimal unit = rounded.ulp();
        for (BigDecimal neighbour : new BigDecimal[] {rounded.subtract(unit), rounded.add(unit)}) {
            boolean near = neighbour.subtract(exact).abs().compareTo(REACH.multiply(unit)) <= 0;
            if (near && exact(neighbour).equals(printed)) {
                return printed;
            }
        }
        return exact(rounded);
    }
}
