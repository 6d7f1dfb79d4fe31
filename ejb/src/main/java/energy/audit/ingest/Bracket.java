package energy.audit.ingest;

import java.time.Instant;
import java.util.Optional;

/**
 * The readings next to an instant.
 *
 * @param atOrBefore newest reading not after it
 * @param atOrAfter oldest reading not before it; the same as {@code atOrBefore} when one was taken at that very instant
 */
public record Bracket(Instant instant, Optional<Reading> atOrBefore, Optional<Reading> atOrAfter) {}
