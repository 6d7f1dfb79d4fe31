package energy.audit.agent.config;

import energy.audit.evidence.wire.GapCause;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalInt;

/**
 * Turns a register whose scale is not fixed into counts of one fixed size, 10<sup>exponent</sup> of the register's unit: a
 * value with a scale factor in another register (SunSpec {@code sunssf}: value × 10^factor), or a float counter, whose
 * IEEE bits have no differences.
 *
 * @param factorRegister 0-based address of the scale factor, an int16, in the same area; empty: the value is not scaled by
 *     the device
 * @param exponent power of ten of one count, −9..9
 */
public record FixedPoint(OptionalInt factorRegister, int exponent) {
    /** SunSpec Device Information Model: a scale factor that is not implemented; legal ones are −10..10. */
    private static final int NO_FACTOR = 0x8000;

    private static final int LARGEST_FACTOR = 10;

    public FixedPoint {
        if (exponent < -9 || exponent > 9) {
            throw new IllegalArgumentException("scale-to " + exponent + " is outside -9..9");
        }
    }

    /**
     * @param factorWord the factor's register as read, 0..65535
     * @return absent where the factor is, or where it is finer than one count: a rounded reading would hide that
     */
    Decoded scaled(long count, int factorWord) {
        int factor = (short) factorWord;
        if ((factorWord & 0xFFFF) == NO_FACTOR) {
            return new Decoded.Absent(GapCause.NOT_IMPLEMENTED, "the device says that it has no scale factor for it");
        }
        if (Math.abs(factor) > LARGEST_FACTOR) {
            return new Decoded.Absent(
                    GapCause.DEVICE_EXCEPTION, "the scale factor is " + factor + ", legal are -10 to 10");
        }
        BigDecimal counts = BigDecimal.valueOf(count).scaleByPowerOfTen(factor - exponent);
        try {
            return new Decoded.Count(counts.longValueExact());
        } catch (ArithmeticException e) {
            return new Decoded.Absent(
                    GapCause.DEVICE_EXCEPTION,
                    "a value of " + count + " with scale factor " + factor + " is no whole number of counts of 10^"
                            + exponent + "; correct scale-to");
        }
    }

    /** A float value in counts, rounded half to even: a float is itself the nearest of many. */
    Decoded ofFloat(RegisterType type, long bits) {
        double value = type.asDouble(bits);
        if (Double.isInfinite(value)) {
            return new Decoded.Absent(GapCause.NOT_IMPLEMENTED, "the device's value is infinite");
        }
        BigDecimal counts = new BigDecimal(value).scaleByPowerOfTen(-exponent).setScale(0, RoundingMode.HALF_EVEN);
        try {
            return new Decoded.Count(counts.longValueExact());
        } catch (ArithmeticException e) {
            return new Decoded.Absent(
                    GapCause.DEVICE_EXCEPTION, "a value of " + value + " does not fit into counts of 10^" + exponent);
        }
    }
}
