package energy.audit.ingest;

import java.util.Optional;
import java.util.UUID;

/** What became of a message. All of them are acknowledged: only our own failure is delivered again. */
public sealed interface Admission {
    /** The answer for the agent; empty when the message did not say who could be answered. */
    Optional<Answer> answer();

    /** New, now entry {@code logIndex} of the log. */
    record Stored(long logIndex, Optional<Answer> answer) implements Admission {}

    /** The same bytes were stored before, as entry {@code logIndex}. */
    record Duplicate(long logIndex, Optional<Answer> answer) implements Admission {}

    /** Refused and kept under {@code id} with its reason. @param sequence 0 when the message cannot be read */
    record Quarantined(Reason reason, String detail, long sequence, UUID id, Optional<Answer> answer)
            implements Admission {}

    /**
     * A receipt to be published.
     *
     * @param address {@code t.{tenant}.{agent}.receipt}
     * @param signedReceipt serialised SignedReceipt
     */
    record Answer(String address, byte[] signedReceipt) {}

    /** Why a message was refused. */
    enum Reason {
        NO_SENDER("the topic names no tenant and agent"),
        UNKNOWN_TENANT("there is no such tenant"),
        UNREADABLE("the bytes are not a signed batch"),
        TOPIC_DISAGREES("the batch names another tenant or agent than its topic"),
        UNKNOWN_AGENT("no such agent is enrolled"),
        UNKNOWN_KEY("the batch is signed with a key that is not this agent's"),
        REPLACED_KEY("the batch is signed with a key that the agent has replaced before it"),
        REVOKED_KEY("the agent's key is revoked"),
        BAD_SIGNATURE("the signature does not fit the bytes"),
        FOREIGN_SITE("the batch or a channel in it belongs to another site"),
        IMPLAUSIBLE_TIME("a reading's time lies before 2000 or after 2100"),
        MAPPING_DISAGREES("the device mapping in the batch is not the one whose hash it names"),
        FORK("another batch has this sequence already");

        private final String meaning;

        Reason(String meaning) {
            this.meaning = meaning;
        }

        public String meaning() {
            return meaning;
        }
    }
}
