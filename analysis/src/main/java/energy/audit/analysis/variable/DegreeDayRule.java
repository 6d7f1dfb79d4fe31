package energy.audit.analysis.variable;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * How degree days are counted. The two methods are those that EN ISO 15927-6 names, from daily and from hourly means; they do
 * not give the same figure on a day that is partly above the base.
 *
 * @param base degC; degrees are the difference from it
 * @param limit degC; only at or below it (heating), at or above it (cooling), a time counts. The base itself for plain degree
 *     days; 15 with base 18 is the heating degree day index of Eurostat, 15 with base 20 the German Gradtagzahl G20/15
 */
public record DegreeDayRule(Side side, BigDecimal base, BigDecimal limit, Method method) {
    /** Whether cold or heat is counted. */
    public enum Side {
        HEATING,
        COOLING;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is compared with the base. */
    public enum Method {
        /** The mean temperature of the local day; a day is one day, also where the clocks change. */
        DAILY_MEAN,
        /** Every mean that was imported, weighed with its time in days. */
        HOURLY;

        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public DegreeDayRule {
        int order = limit.compareTo(base);
        if (side == Side.HEATING ? order > 0 : order < 0) {
            throw new IllegalArgumentException("the limit " + limit.toPlainString() + " lies "
                    + (order > 0 ? "above" : "below") + " the base " + base.toPlainString() + "; degrees of "
                    + side.text() + " would be negative there");
        }
    }

    /** With a limit of its own, or without. */
    public static DegreeDayRule of(Side side, BigDecimal base, Optional<BigDecimal> limit, Method method) {
        return new DegreeDayRule(side, base, limit.orElse(base), method);
    }

    /** Degrees at a temperature, K. */
    public BigDecimal degrees(BigDecimal temperature) {
        if (side == Side.HEATING) {
            return temperature.compareTo(limit) <= 0 ? base.subtract(temperature) : BigDecimal.ZERO;
        }
        return temperature.compareTo(limit) >= 0 ? temperature.subtract(base) : BigDecimal.ZERO;
    }

    /** {@code 18}, {@code 18/15}, {@code 18:hourly} */
    public String text() {
        return base.toPlainString()
                + (limit.compareTo(base) == 0 ? "" : "/" + limit.toPlainString())
                + (method == Method.HOURLY ? ":hourly" : "");
    }

    /** Reads what {@link #text} writes. @throws IllegalArgumentException saying why it cannot be */
    public static DegreeDayRule parse(Side side, String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > 2 || (parts.length == 2 && !parts[1].equals("hourly") && !parts[1].equals("daily-mean"))) {
            throw new IllegalArgumentException("'" + text + "' is no BASE, BASE/LIMIT or BASE:hourly");
        }
        String[] numbers = parts[0].split("/", -1);
        for (String number : numbers) {
            if (numbers.length > 2 || !number.matches("-?\\d{1,3}(\\.\\d{1,3})?")) {
                throw new IllegalArgumentException(
                        "'" + parts[0] + "' is no temperature in degrees Celsius, like 15.5");
            }
        }
        return of(
                side,
                new BigDecimal(numbers[0]),
                numbers.length == 2 ? Optional.of(new BigDecimal(numbers[1])) : Optional.empty(),
                parts.length == 2 && parts[1].equals("hourly") ? Method.HOURLY : Method.DAILY_MEAN);
    }
}
