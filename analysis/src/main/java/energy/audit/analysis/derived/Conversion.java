package energy.audit.analysis.derived;

import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A dated factor from one amount to another: calorific value of gas, specific energy of compressed air, a primary energy
 * factor.
 *
 * @param unit such as {@code kWh/m3 upper calorific value}; upper and lower value are different conversions
 */
public record Conversion(String name, String unit, List<Step> steps) {
    /** Normal pressure, bar. */
    private static final double NORMAL_BAR = 1.01325;
    /** Normal temperature, kelvin. */
    private static final double NORMAL_KELVIN = 273.15;
    /** 1 kWh in kJ. */
    private static final double KILOJOULES = 3600;

    /** @param source lab sheet, supplier's bill, contract */
    public record Step(Instant from, BigDecimal factor, String source) {}

    public Conversion {
        steps = steps.stream().sorted(Comparator.comparing(Step::from)).toList();
    }

    /**
     * Amount times the factor in force. An interval across a change is cut in proportion to time, which makes it an
     * estimate; before the first factor there is no figure.
     */
    public List<Amount> apply(List<Amount> amounts) {
        List<Amount> converted = new ArrayList<>();
        for (Amount amount : amounts) {
            converted.add(apply(amount));
        }
        return converted;
    }

    private Amount apply(Amount amount) {
        int first = -1;
        for (int i = 0; i < steps.size() && !steps.get(i).from().isAfter(amount.start()); i++) {
            first = i;
        }
        if (first < 0 || amount.value().isEmpty()) {
            return Amount.missing(amount.start(), amount.end(), amount.coverage());
        }
        BigDecimal value = amount.value().get();
        boolean changes =
                first + 1 < steps.size() && steps.get(first + 1).from().isBefore(amount.end());
        if (!changes) {
            return new Amount(
                    amount.start(),
                    amount.end(),
                    Optional.of(value.multiply(steps.get(first).factor())),
                    amount.quality(),
                    amount.coverage());
        }
        BigDecimal weighed = BigDecimal.ZERO;
        Instant at = amount.start();
        for (int i = first; i < steps.size() && at.isBefore(amount.end()); i++) {
            Instant end = i + 1 < steps.size() && steps.get(i + 1).from().isBefore(amount.end())
                    ? steps.get(i + 1).from()
                    : amount.end();
            weighed = weighed.add(steps.get(i).factor().multiply(millis(at, end)));
            at = end;
        }
        BigDecimal mean = weighed.divide(millis(amount.start(), amount.end()), MathContext.DECIMAL128);
        return new Amount(
                amount.start(),
                amount.end(),
                Optional.of(value.multiply(mean)),
                amount.quality().worse(Quality.ESTIMATED),
                amount.coverage());
    }

    private static BigDecimal millis(Instant from, Instant to) {
        return BigDecimal.valueOf(Duration.between(from, to).toMillis());
    }

    /**
     * Cubic metres at normal conditions (0 °C, 1.01325 bar) for one at operating conditions.
     *
     * @param absoluteBar absolute pressure at the meter, above 0
     * @param celsius temperature of the gas
     * @param compressibility ratio K of compressibility at operating and normal conditions, about 1 at low pressure
     */
    public static double gasStateFactor(double absoluteBar, double celsius, double compressibility) {
        if (!(absoluteBar > 0) || !(celsius > -NORMAL_KELVIN) || !(compressibility > 0)) {
            throw new IllegalArgumentException("no gas is at " + absoluteBar + " bar absolute, " + celsius
                    + " °C, compressibility " + compressibility);
        }
        return absoluteBar / NORMAL_BAR * NORMAL_KELVIN / (NORMAL_KELVIN + celsius) / compressibility;
    }

    /**
     * Heat carried by a liquid: V·ρ·c·ΔT, kWh.
     *
     * @param cubicMetres volume that passed
     * @param kgPerCubicMetre density where the volume is measured
     * @param kilojoulesPerKgKelvin specific heat
     * @param kelvin supply minus return; negative: heat flows the other way
     */
    public static double heatKwh(
            double cubicMetres, double kgPerCubicMetre, double kilojoulesPerKgKelvin, double kelvin) {
        return cubicMetres * kgPerCubicMetre * kilojoulesPerKgKelvin * kelvin / KILOJOULES;
    }
}
