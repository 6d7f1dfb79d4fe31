package energy.audit.agent.config;

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
    FLOAT64(4, 0x7FF8_0000_0000_0000L),
    /** SunSpec accumulator: a uint16 for which 0 means "not implemented". */
    ACC16(1, 0),
    /** SunSpec accumulator: a uint32 for which 0 means "not implemented". */
    ACC32(2, 0),
    /** SunSpec accumulator: a uint64 for which 0 means "not implemented". */
    ACC64(4, 0);

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
        return switch (this) {
            case INT16 -> (short) bits;
            case INT32 -> (int) bits;
            default -> bits;
        };
    }

    /**
     * The raw count with which a SunSpec device says "this point is not implemented" (SunSpec Device Information Model:
     * the most negative signed, the greatest unsigned value, 0 for accumulators, NaN).
     */
    public long sunSpecNotImplemented() {
        return count(notImplementedBits);
    }

    /** True for the two IEEE 754 types. */
    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /** True for the SunSpec accumulators, which differ from the unsigned types only in what "not implemented" is. */
    public boolean isAccumulator() {
        return this == ACC16 || this == ACC32 || this == ACC64;
    }

    /** The value of a raw count, exact up to 2<sup>53</sup>: for comparing with a display, never for energy. */
    public double asDouble(long count) {
        return switch (this) {
            case FLOAT32 -> Float.intBitsToFloat((int) count);
            case FLOAT64 -> Double.longBitsToDouble(count);
            case UINT64, ACC64 -> new java.math.BigInteger(Long.toUnsignedString(count)).doubleValue();
            default -> count;
        };
    }

    /** True for float counts that are no number: such a register holds no reading. */
    public boolean isNotANumber(long count) {
        return switch (this) {
            case FLOAT32 -> Float.isNaN(Float.intBitsToFloat((int) count));
            case FLOAT64 -> Double.isNaN(Double.longBitsToDouble(count));
            default -> false;
        };
    }

    /**
     * The value of a raw count for people: commissioning and probing only.
     *
     * @return decimal text, floats with as many digits as tell them apart, or {@code NaN}, {@code Infinity}
     */
    public String shown(long count) {
        return switch (this) {
            case FLOAT32 -> Float.toString(Float.intBitsToFloat((int) count));
            case FLOAT64 -> Double.toString(Double.longBitsToDouble(count));
            case UINT64, ACC64 -> Long.toUnsignedString(count);
            default -> Long.toString(count);
        };
    }

    /** @return the raw count that means "not implemented" by a rule: {@code none}, {@code sunspec} or a whole number */
    OptionalLong notImplemented(String rule) {
        return switch (rule.toLowerCase(Locale.ROOT)) {
            case "none" -> OptionalLong.empty();
            case "sunspec" -> OptionalLong.of(sunSpecNotImplemented());
            default -> OptionalLong.of(Long.decode(rule));
        };
    }

    /** @throws IllegalArgumentException for an unknown name; the message lists the known ones */
    public static RegisterType named(String name) {
        for (RegisterType type : values()) {
            if (type.name().equalsIgnoreCase(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("\"" + name
                + "\" is no type; use int16, uint16, int32, uint32, int64, uint64, float32, float64, acc16, acc32 or"
                + " acc64");
    }
}
