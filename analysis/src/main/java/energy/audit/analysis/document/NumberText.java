package energy.audit.analysis.document;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A finite double as text, alike on page, in JSON, in reports and from the command: the fewest digits that name it and no
 * other double, in the form of ECMA-262, Number::toString (an exponent only from 1e21 on and below 1e-6). The digits do not
 * depend on the Java version, which {@link Double#toString} does (JDK-4511638).
 */
public final class NumberText {
    private static final int PLAIN_UP_TO = 21;
    private static final int PLAIN_DOWN_TO = -6;

    private NumberText() {}

    public static String of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(value + " is no finite number");
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        // the number is 0.digits · 10^point
        int point = digits.length() - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (point > PLAIN_UP_TO || point <= PLAIN_DOWN_TO) {
            String more = digits.length() == 1 ? "" : "." + digits.substring(1);
            return sign + digits.charAt(0) + more + "e" + (point > 0 ? "+" : "") + (point - 1);
        }
        return sign + shortest.toPlainString();
    }

    private static BigDecimal shortest(double value) {
        BigDecimal found = new BigDecimal(Double.toString(value));
        BigDecimal exact = new BigDecimal(value);
        for (int digits = found.precision() - 1; digits > 0; digits--) {
            BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean lower = exact.subtract(below).compareTo(above.subtract(exact)) <= 0;
            BigDecimal near = lower ? below : above;
            BigDecimal far = lower ? above : below;
            if (near.doubleValue() == value) {
                found = near;
            } else if (far.doubleValue() == value) {
                found = far;
            } else {
                return found;
            }
        }
        return found;
    }
}
