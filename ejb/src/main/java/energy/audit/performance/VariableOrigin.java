package energy.audit.performance;

import energy.audit.analysis.variable.DegreeDayRule;
import energy.audit.kernel.ChannelId;
import energy.audit.variables.VariableSource;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where the values of a relevant variable come from: a meter's channel, or what was imported and planned. */
public sealed interface VariableOrigin {
    /** What {@link #parse} reads. */
    String text();

    /** A name for it, where nobody gives one. */
    String name();

    /**
     * Readings of a channel.
     *
     * @param base temperature from which degrees count, of degree days
     */
    record OfChannel(How how, ChannelId channel, Optional<BigDecimal> base) implements VariableOrigin {
        @Override
        public String text() {
            return how.text() + ":" + channel
                    + base.map(b -> ":" + b.toPlainString()).orElse("");
        }

        @Override
        public String name() {
            return channel.meter();
        }
    }

    /** Production, weather and shifts. */
    record OfImports(VariableSource source) implements VariableOrigin {
        @Override
        public String text() {
            return source.text();
        }

        @Override
        public String name() {
            return source.text()
                    .replaceFirst("^(production|mean|shift-hours):", "")
                    .replaceFirst("^weather/", "")
                    .replaceFirst("^(heating|cooling)-degrees:weather/([^:]*):.*$", "$2-$1");
        }
    }

    /** How a period's value comes from a channel. */
    enum How {
        /** Difference of a counter over the period. */
        AMOUNT,
        /** Mean of a gauge over the period, hours weighed alike. */
        MEAN,
        /** Sum over the period's days of base − mean temperature, where that is above zero. */
        HEATING_DEGREES,
        /** Sum over the period's days of mean temperature − base, where that is above zero. */
        COOLING_DEGREES;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Reads {@code amount:CHANNEL}, {@code mean:CHANNEL}, {@code heating-degrees:CHANNEL:BASE}, {@code production:NAME},
     * {@code mean:weather/STATION}, {@code heating-degrees:weather/STATION:BASE}, {@code operating-hours}, {@code shift-hours:NAME}.
     *
     * @throws IllegalArgumentException saying why it is none of them
     */
    static VariableOrigin parse(String text) {
        String[] parts = text.split(":", 3);
        switch (parts[0]) {
            case "operating-hours" -> {
                only(parts, 1, "operating hours have nothing behind them");
                return new OfImports(new VariableSource.OperatingHours());
            }
            case "shift-hours" -> {
                only(parts, 2, "the hours of a shift have its name");
                return new OfImports(new VariableSource.ShiftHours(parts[1]));
            }
            case "production" -> {
                only(parts, 2, "production has the name of the variable that was imported");
                return new OfImports(new VariableSource.Production(parts[1]));
            }
            default -> {
                return ofTemperatureOrChannel(parts);
            }
        }
    }

    private static VariableOrigin ofTemperatureOrChannel(String... parts) {
        How how = Arrays.stream(How.values())
                .filter(each -> each.text().equals(parts[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + parts[0] + "' is no origin"));
        boolean degrees = how == How.HEATING_DEGREES || how == How.COOLING_DEGREES;
        only(parts, degrees ? 3 : 2, degrees ? "degree days have a channel or station, and a base" : "it has no base");
        if (!parts[1].startsWith("weather/")) {
            return new OfChannel(
                    how, ChannelId.of(parts[1]), degrees ? Optional.of(number(parts[2])) : Optional.empty());
        }
        String station = parts[1].substring("weather/".length());
        if (degrees) {
            return new OfImports(new VariableSource.DegreeDays(
                    station,
                    DegreeDayRule.parse(
                            how == How.HEATING_DEGREES ? DegreeDayRule.Side.HEATING : DegreeDayRule.Side.COOLING,
                            parts[2])));
        }
        if (how == How.AMOUNT) {
            throw new IllegalArgumentException("temperatures have a mean and no amount");
        }
        return new OfImports(new VariableSource.MeanTemperature(station));
    }

    private static void only(String[] parts, int count, String why) {
        if (parts.length != count || parts[count - 1].isBlank()) {
            throw new IllegalArgumentException(why);
        }
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number: " + e.getMessage(), e);
        }
    }
}
