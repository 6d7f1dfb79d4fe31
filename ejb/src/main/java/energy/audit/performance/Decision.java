package energy.audit.performance;

import java.time.Instant;

/**
 * A step of the work on indicators.
 *
 * @param subject id of a baseline, or {@code enpi:{id}}
 * @param what approved, rejected, review-opened, review-closed, static-factor-changed
 * @param factor of static-factor-changed: which one, its value before and after, and the day since when; else empty
 */
public record Decision(
        long logIndex,
        String subject,
        String what,
        String person,
        Instant at,
        String reason,
        String factor,
        String before,
        String after,
        String since) {
    static final String APPROVED = "approved";
    static final String REJECTED = "rejected";
    static final String OPENED = "review-opened";
    static final String CLOSED = "review-closed";
    static final String CHANGED = "static-factor-changed";

    static String ofEnpi(String id) {
        return "enpi:" + id;
    }
}
