package energy.audit.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A role of a person in the current tenant.
 *
 * @param from first instant it is in force
 * @param to first instant it is no longer in force; empty: until revoked
 * @param logIndex entry of the log that says so
 */
public record Grant(
        String person, Role role, Instant from, Optional<Instant> to, String reason, boolean revoked, long logIndex) {
    public boolean inForceAt(Instant at) {
        return !revoked && !at.isBefore(from) && to.map(at::isBefore).orElse(true);
    }
}
