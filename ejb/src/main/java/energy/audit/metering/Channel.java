package energy.audit.metering;

import energy.audit.kernel.ChannelId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A register of a meter, as one configuration describes it: value in {@code unit} = count x multiplier + offset.
 *
 * @param number surrogate of the channel in tables, for ever the same
 * @param quantity active-energy-import, active-power, gas-volume, temperature, …
 * @param unit of the scaled value: kWh, kvarh, kW, V, A, m3, degC, t, 1, %
 * @param counter true: a register that counts up; false: a gauge
 * @param encoding int16, uint16, int32, uint32, int64, uint64, float32 (then a count is the raw IEEE bits)
 * @param modulus count at which the register starts again; empty for gauges
 * @param maxCountsPerHour more than this is implausible; empty for gauges or unknown
 * @param energyKwhPerUnit kWh per {@code unit}; empty when the channel is not energy
 */
public record Channel(
        int number,
        ChannelId id,
        String quantity,
        String unit,
        boolean counter,
        String encoding,
        BigDecimal multiplier,
        BigDecimal offset,
        Optional<BigInteger> modulus,
        OptionalLong maxCountsPerHour,
        Optional<BigDecimal> energyKwhPerUnit) {

    /** True for {@code float32}: a count is then the raw IEEE bits of the value. */
    public boolean isFloat() {
        return encoding.startsWith("float");
    }

    /** The register's number before multiplier and offset; empty when a float register held no number. */
    public Optional<BigDecimal> raw(long count) {
        if (isFloat()) {
            float value = Float.intBitsToFloat((int) count);
            return Float.isFinite(value) ? Optional.of(new BigDecimal(Float.toString(value))) : Optional.empty();
        }
        return Optional.of(
                encoding.equals("uint64")
                        ? new BigDecimal(new BigInteger(Long.toUnsignedString(count)))
                        : BigDecimal.valueOf(count));
    }

    /** The value of a count, in {@code unit}, exact; empty when a float register held no number. */
    public Optional<BigDecimal> scaled(long count) {
        return raw(count).map(raw -> raw.multiply(multiplier).add(offset));
    }

    /** The count that shows as a value; empty where no whole count does, and for float registers. */
    public OptionalLong count(BigDecimal value) {
        if (isFloat()) {
            return OptionalLong.empty();
        }
        BigDecimal[] parts = value.subtract(offset).divideAndRemainder(multiplier);
        boolean whole = parts[1].signum() == 0 && parts[0].abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return whole ? OptionalLong.of(parts[0].longValueExact()) : OptionalLong.empty();
    }

    /** The value of a difference of counts, in {@code unit}, exact; the offset falls out. */
    public BigDecimal scaledDifference(long counts) {
        return BigDecimal.valueOf(counts).multiply(multiplier);
    }
}
