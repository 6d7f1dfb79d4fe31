package energy.audit.agent.poll;

import energy.audit.agent.config.Area;
import java.util.HashMap;
import java.util.Map;

/**
 * Questions on a serial line whose answers may still come: Modbus RTU has no transaction numbers (Modbus over Serial Line
 * V1.02, section 2.4), so a late answer looks like that to the next question of the same form. Not safe for several threads.
 */
final class OwedAnswers {
    /** An answer that is later than this many time-outs would have to be one of a device that is not usable anyway. */
    private static final int TIMEOUTS = 3;

    /** What the frame of an answer shows of its question. */
    record Question(int unit, Area area, int quantity) {}

    private final Map<Question, Long> askedNanos = new HashMap<>();

    /** Nothing came in time for a question that was asked then (monotonic, ns). The oldest of several alike counts. */
    void unanswered(Question question, long asked) {
        askedNanos.putIfAbsent(question, asked);
    }

    /**
     * How long before this question one alike was asked whose answer may still come (ns); 0: there is none. One that was asked
     * longer ago is forgotten.
     */
    long beforeThis(Question question, long asked, long timeoutNanos) {
        Long before = askedNanos.get(question);
        if (before == null) {
            return 0;
        }
        long apart = asked - before;
        if (apart > TIMEOUTS * timeoutNanos) {
            askedNanos.remove(question);
            return 0;
        }
        return Math.max(1, apart);
    }

    /** Nothing more is to come for questions alike. */
    void settled(Question question) {
        askedNanos.remove(question);
    }
}
