package energy.audit.fleet;

import energy.audit.kernel.AgentId;
import java.time.Instant;
import java.util.Optional;

/**
 * A device behind an agent.
 *
 * @param at when the agent told this, by its clock
 * @param sinceStart counts since the agent's start
 * @param recent counts of the hours that were asked for
 * @param lastCause name of a {@code GapCause} while requests fail; empty: all are answered
 * @param lastFailure the newest failure in the agent's words, with the register
 */
public record DeviceState(
        AgentId agent,
        String device,
        Instant at,
        DeviceCounts sinceStart,
        DeviceCounts recent,
        String lastCause,
        String lastFailure,
        Optional<Instant> lastFailedAt) {}
