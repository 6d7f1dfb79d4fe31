package energy.audit.agent.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Meaning of a value's bits. The <em>raw count</em> that the agent keeps and signs is a {@code long}: for int types the
 * signed value, for uint types the unsigned value (uint64 as its 64 bits), for float types the IEEE 754 bits (float32 in
 * the low 32 bits). Nothing is scaled here.
 */
public enum RegisterType {
    INT16(1, 0x8000L),
    UINT16(1, 0xFFFFL),
    INT32(2, 0x8000_0000L),
    UINT32(2, 0xFFFF_FFFFL),
    INT64(4, 0x8000_0000_0000_0000L),
    UINT64(4, 0xFFFF_FFFF_FFFF_FFFFL),
    FLOAT32(2, 0x7FC0_0000L),
    FLOAT64(4, 0x7FF8_0000_0000_0000L);

    private final int words;
    private final long notImplementedBits;

    RegisterType(int words, long notImplementedBits) {
        this.words = words;
        this.notImplementedBits = notImplementedBits;
    }

    /** Registers of 16 bits that one value takes: 1, 2 or 4. */
    public int words() {
        return words;
    }

    /** Raw count of a value's bits, as {@link WordOrder#bits} returns them. */
    public long count(long bits) {
        switch (this) {
            case INT16:
                return (short) bits;
            case INT32:
                return (int) bits;
            default:
                return bits;
        }
    }

    /**
     * The raw count with which a SunSpec device says "this point is not implemented" (SunSpec Device Information Model:
     * the most negative signed, the greatest unsigned value, NaN).
     */
    public long sunSpecNotImplemented() {
        return count(notImplementedBits);
    }

    /** True for float counts that are no number: such a register holds no reading. */
    public boolean isNotANumber(long count) {
        return this == FLOAT32 && Float.isNaN(Float.intBitsToFloat((int) count))
                || this == FLOAT64 && Double.isNaN(Double.longBitsToDouble(count));
    }

    /**
     * The value of a raw count, exact, for people: commissioning and probing only.
     *
     * @return decimal text, or {@code NaN}, {@code Infinity}
     */
    public String shown(long count) {
        switch (this) {
            case FLOAT32:
                float single = Float.intBitsToFloat((int) count);
                return Float.isFinite(single) ? new BigDecimal(single).toPlainString() : Float.toString(single);
            case FLOAT64:
                double value = Double.longBitsToDouble(count);
                return Double.isFinite(value) ? new BigDecimal(value).toPlainString() : Double.toString(value);
            case UINT64:
                return count >= 0
                        ? Long.toString(count)
                        : BigInteger.valueOf(count)
                                .add(BigInteger.ONE.shiftLeft(64))
                                .toString();
            default:
                return Long.toString(count);
        }
    }

    /** @return the raw count that means "not implemented" by a rule: {@code none}, {@code sunspec} or a whole number */
    OptionalLong notImplemented(String rule) {
        switch (rule.toLowerCase(Locale.ROOT)) {
            case "none":
                return OptionalLong.empty();
            case "sunspec":
                return OptionalLong.of(sunSpecNotImplemented());
            default:
                return OptionalLong.of(Long.decode(rule));
        }
    }

    /** @throws IllegalArgumentException for an unknown name; the message lists the known ones */
    public static RegisterType named(String name) {
        for (RegisterType type : values()) {
            if (type.name().equalsIgnoreCase(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "\"" + name + "\" is no type; use int16, uint16, int32, uint32, int64, uint64, float32 or float64");
    }
}
