package energy.audit.performance;

import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Refusal;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What drives the energy of an indicator.
 *
 * @param id in models and formulas: lower-case letters, digits, underscores
 * @param channel whose readings it comes from
 * @param base temperature from which degrees count, of degree days
 */
public record RelevantVariable(String id, Origin origin, ChannelId channel, Optional<BigDecimal> base) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{0,40}");

    /** How a period's value comes from the channel. */
    public enum Origin {
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

    /** Reads {@code [id=]origin:channel[:base]}, as {@link #text} writes it. */
    public static RelevantVariable parse(String text) {
        int equals = text.indexOf('=');
        String[] parts = text.substring(equals + 1).split(":", -1);
        Origin origin = Arrays.stream(Origin.values())
                .filter(each -> each.text().equals(parts[0]))
                .findFirst()
                .orElseThrow(() -> bad(text, "'" + parts[0] + "' is no origin"));
        boolean degrees = origin == Origin.HEATING_DEGREES || origin == Origin.COOLING_DEGREES;
        if (parts.length != (degrees ? 3 : 2)) {
            throw bad(text, degrees ? "degree days have a channel and a base" : "it has a channel and no base");
        }
        ChannelId channel = ChannelId.of(parts[1]);
        String id = equals < 0 ? channel.meter().replace('-', '_') : text.substring(0, equals);
        if (!ID.matcher(id).matches()) {
            throw bad(text, "'" + id + "' is no name of a variable");
        }
        try {
            return new RelevantVariable(
                    id, origin, channel, degrees ? Optional.of(new BigDecimal(parts[2])) : Optional.empty());
        } catch (NumberFormatException e) {
            throw bad(text, "'" + parts[2] + "' is no number: " + e.getMessage());
        }
    }

    /** {@code origin:channel[:base]} */
    public String source() {
        return origin.text() + ":" + channel
                + base.map(b -> ":" + b.toPlainString()).orElse("");
    }

    /** {@code id=origin:channel[:base]} */
    public String text() {
        return id + "=" + source();
    }

    private static Refusal bad(String text, String why) {
        return Refusal.invalid(
                "BAD_VARIABLE",
                "relevant variable '" + text + "'",
                why,
                "Write [id=]amount:CHANNEL, mean:CHANNEL, heating-degrees:CHANNEL:BASE or cooling-degrees:CHANNEL:BASE.");
    }
}
