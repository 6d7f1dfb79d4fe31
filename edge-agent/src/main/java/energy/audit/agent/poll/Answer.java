package energy.audit.agent.poll;

import energy.audit.evidence.wire.GapCause;
import java.util.function.Function;

/** What came back for one request: words, or the reason why not. */
public sealed interface Answer {
    /** The one of the two that holds, as the other type. */
    <T> T fold(Function<Words, T> words, Function<NoAnswer, T> noAnswer);

    /**
     * Registers (0..65535 each) or bits (0 or 1 each), in address order.
     *
     * @param values as many as were asked for
     */
    record Words(int[] values) implements Answer {
        public Words {
            values = values.clone();
        }

        @Override
        public int[] values() {
            return values.clone();
        }

        @Override
        public <T> T fold(Function<Words, T> words, Function<NoAnswer, T> noAnswer) {
            return words.apply(this);
        }
    }

    /**
     * @param cause goes into the signed gap
     * @param detail for people, one sentence without a full stop
     * @param wholeBus true if no other device of this bus can be reached either
     */
    record NoAnswer(GapCause cause, String detail, boolean wholeBus) implements Answer {
        @Override
        public <T> T fold(Function<Words, T> words, Function<NoAnswer, T> noAnswer) {
            return noAnswer.apply(this);
        }
    }
}
