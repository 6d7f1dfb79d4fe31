package energy.audit.witness;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who holds a head of the log, so that it could not be rewritten unnoticed below that size.
 *
 * @param name agent, mail address, service or witness
 * @param size of the newest head that is held; 0: none yet
 * @param at when it was held last
 * @param trouble what went wrong since, in words
 */
public record Holder(Kind kind, String name, long size, Optional<Instant> at, Optional<String> trouble) {
    /** How a head got there. */
    public enum Kind {
        AGENT,
        MAIL,
        STAMP,
        COSIGNATURE
    }
}
