package energy.audit.performance;

import energy.audit.analysis.enpi.ModelKind;
import energy.audit.consumption.Resolution;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A version of an energy performance indicator.
 *
 * @param channels the boundary: energy registers whose sum is the energy, kWh
 * @param step DAY or MONTH
 * @param formula of an engineering model; else empty
 * @param units of the variables' values, by their ids
 * @param logIndex the entry that says so
 */
public record EnpiDefinition(
        String id,
        int version,
        String name,
        SiteId site,
        List<ChannelId> channels,
        List<String> energySources,
        ModelKind kind,
        List<RelevantVariable> variables,
        Resolution step,
        String formula,
        Map<String, String> units,
        String reason,
        String author,
        Instant at,
        long logIndex) {
    public static final String UNIT = "kWh";

    public EnpiDefinition {
        channels = List.copyOf(channels);
        energySources = List.copyOf(energySources);
        variables = List.copyOf(variables);
        units = Map.copyOf(units);
    }

    /** Of a variable's value; empty for one that is not known. */
    public String unitOf(String variable) {
        return units.getOrDefault(variable, "");
    }

    /** Whether it says the same as a draft, but for its version and who said so. */
    boolean saysTheSameAs(EnpiDraft draft) {
        return name.equals(draft.name())
                && site.equals(draft.site())
                && channels.equals(draft.channels())
                && kind == draft.kind()
                && variables.equals(draft.variables())
                && step == draft.step()
                && formula.equals(draft.formula());
    }
}
