package energy.audit.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long an agent may be silent.
 *
 * @param silentAfter empty: the default, three times the distance of its batches, and two minutes at least
 */
public record Expectation(Optional<Duration> silentAfter, Instant setAt, String setBy, String reason) {}
