package energy.audit.performance;

import energy.audit.analysis.enpi.ModelKind;
import energy.audit.consumption.Resolution;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.SiteId;
import java.util.List;

/** What an indicator, or its next version, is to be; the fields are those of {@link EnpiDefinition}. */
public record EnpiDraft(
        String id,
        String name,
        SiteId site,
        List<ChannelId> channels,
        ModelKind kind,
        List<RelevantVariable> variables,
        Resolution step,
        String formula,
        String reason) {
    public EnpiDraft {
        channels = List.copyOf(channels);
        variables = List.copyOf(variables);
    }
}
