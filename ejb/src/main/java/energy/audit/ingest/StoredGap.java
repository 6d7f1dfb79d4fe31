package energy.audit.ingest;

import energy.audit.evidence.wire.GapCause;
import energy.audit.kernel.ChannelId;
import java.time.Instant;
import java.util.Optional;

/**
 * A signed "no data, because …".
 *
 * @param channel empty: every channel of the agent
 * @param to excluded
 */
public record StoredGap(
        String agent,
        Optional<ChannelId> channel,
        Instant from,
        Instant to,
        GapCause cause,
        String detail,
        long logIndex) {}
