package energy.audit.analysis.register;

import java.time.Instant;

/**
 * What a register showed.
 *
 * @param count raw counts as on the wire, never scaled
 */
public record RegisterReading(Instant at, long count) {}
