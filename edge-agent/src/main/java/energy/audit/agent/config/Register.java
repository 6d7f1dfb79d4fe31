package energy.audit.agent.config;

import energy.audit.evidence.wire.GapCause;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One channel's place in a device.
 *
 * @param channel {@code site.meter.quantity}
 * @param address first register or bit, 0-based
 * @param notImplemented raw count with which this device says that it has no such value
 * @param bits the part of the value that the channel counts; empty: all of it
 * @param fixedPoint how a scaled or float value becomes a count; empty: the raw count is kept
 */
public record Register(
        String channel,
        Area area,
        int address,
        RegisterType type,
        WordOrder wordOrder,
        OptionalLong notImplemented,
        Optional<BitField> bits,
        Optional<FixedPoint> fixedPoint) {
    public Register {
        if (address < 0 || address + (area.isBits() ? 1 : type.words()) > 65536) {
            throw new IllegalArgumentException("address " + address + " is outside 0..65535 for " + channel);
        }
        boolean special = bits.isPresent() || fixedPoint.isPresent();
        if (special && area.isBits()) {
            throw new IllegalArgumentException(channel + " is one bit: it has neither bits nor a scale");
        }
        if (bits.isPresent() && type.isFloat()) {
            throw new IllegalArgumentException(channel + " is a float: bits are taken from whole numbers");
        }
        if (bits.isPresent() && bits.get().lowest() + bits.get().width() > 16 * type.words()) {
            throw new IllegalArgumentException(channel + " has " + 16 * type.words() + " bits, fewer than asked for");
        }
        OptionalInt factor = fixedPoint.map(FixedPoint::factorRegister).orElse(OptionalInt.empty());
        if (fixedPoint.isPresent() && type.isFloat() == factor.isPresent()) {
            throw new IllegalArgumentException(channel
                    + ": a whole number is scaled by its scale-register, a float has none; give scale-to with the one"
                    + " or for the other");
        }
        if (factor.isPresent() && (factor.getAsInt() < 0 || factor.getAsInt() > 65535)) {
            throw new IllegalArgumentException("scale-register " + factor.getAsInt() + " is outside 0..65535");
        }
        if (factor.isPresent() && Math.abs(factor.getAsInt() - address) + type.words() > Area.HOLDING.maxPerRequest()) {
            throw new IllegalArgumentException(channel + " and its scale-register are too far apart for one request of "
                    + Area.HOLDING.maxPerRequest() + " registers: they could belong to two instants");
        }
    }

    /** A register whose raw count is the reading. */
    public Register(
            String channel, Area area, int address, RegisterType type, WordOrder order, OptionalLong notImplemented) {
        this(channel, area, address, type, order, notImplemented, Optional.empty(), Optional.empty());
    }

    /** First address that is needed for a reading: the value's, or its scale factor's. */
    public int first() {
        return Math.min(address, factorRegister().orElse(address));
    }

    /** Addresses from {@link #first} on that are needed for a reading, 1 to 125. */
    public int width() {
        int end = address + (area.isBits() ? 1 : type.words());
        return Math.max(end, factorRegister().orElse(address) + 1) - first();
    }

    private OptionalInt factorRegister() {
        return fixedPoint.map(FixedPoint::factorRegister).orElse(OptionalInt.empty());
    }

    /**
     * The reading in an answer.
     *
     * @param values as read, in address order
     * @param start address of the first of them; all that {@link #first} and {@link #width} name must be there
     */
    public Decoded decode(int[] values, int start) {
        int offset = address - start;
        if (area.isBits()) {
            return new Decoded.Count(values[offset]);
        }
        int[] words = Arrays.copyOfRange(values, offset, offset + type.words());
        long count = type.count(wordOrder.bits(words));
        if (type.isNotANumber(count) || notImplemented.isPresent() && notImplemented.getAsLong() == count) {
            return new Decoded.Absent(GapCause.NOT_IMPLEMENTED, "the device says that it has no such value");
        }
        if (fixedPoint.isPresent()) {
            FixedPoint point = fixedPoint.get();
            return type.isFloat()
                    ? point.ofFloat(type, count)
                    : point.scaled(count, values[point.factorRegister().orElseThrow() - start]);
        }
        return new Decoded.Count(bits.map(field -> field.of(count)).orElse(count));
    }
}
