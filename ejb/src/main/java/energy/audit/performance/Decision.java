package energy.audit.performance;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

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

    /** Whether it is about an indicator or one of its baselines. */
    boolean isAbout(String enpi) {
        return subject.equals(ofEnpi(enpi)) || subject.matches(Pattern.quote(enpi) + "-b\\d+");
    }

    static String ofEnpi(String id) {
        return "enpi:" + id;
    }
}
