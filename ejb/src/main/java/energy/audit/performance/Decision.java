package energy.audit.performance;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A step of the work on indicators.
 *
 * @param subject id of a baseline, or {@code enpi:{id}}
 * @param what approved, rejected, review-opened, review-closed, static-factor-changed, point-excluded, point-readmitted,
 *     adjustment-proposed, adjustment-approved, adjustment-rejected
 * @param factor of static-factor-changed: which one, its value before and after
 * @param since of static-factor-changed the day since when, of a point the first day of its interval; else empty
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
    static final String EXCLUDED = "point-excluded";
    static final String READMITTED = "point-readmitted";
    static final String ADJUSTMENT_PROPOSED = "adjustment-proposed";
    static final String ADJUSTMENT_APPROVED = "adjustment-approved";
    static final String ADJUSTMENT_REJECTED = "adjustment-rejected";

    /** Intervals that somebody has excluded from models, by their first day, and nobody has readmitted since. */
    static Map<LocalDate, Decision> excluded(List<Decision> decisions) {
        Map<LocalDate, Decision> excluded = new TreeMap<>();
        for (Decision decision : decisions) {
            if (decision.what().equals(EXCLUDED)) {
                excluded.put(LocalDate.parse(decision.since()), decision);
            } else if (decision.what().equals(READMITTED)) {
                excluded.remove(LocalDate.parse(decision.since()));
            }
        }
        return excluded;
    }

    /** Who has recorded a changed static factor since somebody last ended a review or approved a baseline. */
    static Set<String> changersSinceDecided(List<Decision> decisions) {
        Set<String> changers = new TreeSet<>();
        for (Decision decision : decisions) {
            if (decision.what().equals(CHANGED)) {
                changers.add(decision.person());
            } else if (decision.what().equals(CLOSED) || decision.what().equals(APPROVED)) {
                changers.clear();
            }
        }
        return changers;
    }

    static String ofEnpi(String id) {
        return "enpi:" + id;
    }
}
