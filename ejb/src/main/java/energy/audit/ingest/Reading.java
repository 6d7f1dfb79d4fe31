package energy.audit.ingest;

import java.time.Instant;

/**
 * A raw register count.
 *
 * @param at when the register was read
 * @param count as on the wire, never scaled; float registers as raw IEEE bits
 * @param logIndex the entry whose batch holds it
 */
public record Reading(Instant at, long count, long logIndex) {}
