package energy.audit.performance;

import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Refusal;
import energy.audit.variables.VariableSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What drives the energy of an indicator.
 *
 * @param id in models and formulas: lower-case letters, digits, underscores
 */
public record RelevantVariable(String id, VariableOrigin origin) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{0,40}");

    /** Reads {@code [id=]origin}, as {@link #text} writes it; see {@link VariableOrigin#parse}. */
    public static RelevantVariable parse(String text) {
        int equals = text.indexOf('=');
        VariableOrigin origin;
        try {
            origin = VariableOrigin.parse(text.substring(equals + 1));
        } catch (IllegalArgumentException e) {
            throw bad(text, String.valueOf(e.getMessage()));
        }
        String id = equals < 0 ? origin.name().replace('-', '_') : text.substring(0, equals);
        if (!ID.matcher(id).matches()) {
            throw bad(text, "'" + id + "' is no name of a variable");
        }
        return new RelevantVariable(id, origin);
    }

    /** Such as {@code heating-degrees:weather/roof:15.5} */
    public String source() {
        return origin.text();
    }

    /** {@code id=origin} */
    public String text() {
        return id + "=" + source();
    }

    /** The register whose differences it is; empty: it is taken from a gauge, or from what was imported. */
    public Optional<ChannelId> counter() {
        return origin instanceof VariableOrigin.OfChannel of && of.how() == VariableOrigin.How.AMOUNT
                ? Optional.of(of.channel())
                : Optional.empty();
    }

    /** What it is taken from that was imported or planned; empty: it is taken from a meter. */
    public Optional<VariableSource> imported() {
        return origin instanceof VariableOrigin.OfImports of ? Optional.of(of.source()) : Optional.empty();
    }

    private static Refusal bad(String text, String why) {
        return Refusal.invalid(
                "BAD_VARIABLE",
                "relevant variable '" + text + "'",
                why,
                "Write [id=]amount:CHANNEL, mean:CHANNEL, heating-degrees:CHANNEL:BASE, cooling-degrees:CHANNEL:BASE,"
                        + " production:NAME, operating-hours or shift-hours:NAME; for a CHANNEL there may be"
                        + " weather/STATION.");
    }
}
