package energy.audit.consumption;

import energy.audit.ingest.Reading;
import energy.audit.kernel.ChannelId;
import java.util.List;
import java.util.Optional;

/**
 * What the agent's readings say of a meter exchange that somebody is about to enter. It decides nothing: the person has
 * seen both meters.
 *
 * @param index of the register in the exchange
 * @param lastOld newest reading before the instant of the exchange
 * @param firstNew oldest reading after it
 * @param doubts empty when the counts fit the readings
 */
public record ExchangeCheck(
        int index, ChannelId channel, Optional<Reading> lastOld, Optional<Reading> firstNew, List<Doubt> doubts) {
    public ExchangeCheck {
        doubts = List.copyOf(doubts);
    }

    /** Which of the two counts is in doubt. */
    public enum Count {
        OLD_FINAL("oldFinalCount"),
        NEW_INITIAL("newInitialCount");

        private final String field;

        Count(String field) {
            this.field = field;
        }

        /** As it is called in JSON. */
        public String field() {
            return field;
        }
    }

    /** Why. */
    public enum Kind {
        /** The register would have run backwards. */
        BACKWARDS,
        /** It would have counted more than its meter can in that time. */
        TOO_MUCH
    }

    /** @param given the count that is in doubt */
    public record Doubt(Count count, Kind kind, long given, Reading reading) {}
}
