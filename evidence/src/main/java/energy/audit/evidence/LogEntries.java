package energy.audit.evidence;

import com.google.protobuf.ByteString;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.LogEntry;

/** The bytes of a log's entries, of which {@link Merkle#leaf} is the leaf. */
public final class LogEntries {
    private LogEntries() {}

    /**
     * @param admittedAtMs when the server took it, ms since 1970
     * @param actor a person's user name, or {@link #actorOf} an agent
     * @param payload the message of the kind, as serialised
     */
    public static byte[] entry(EntryKind kind, long admittedAtMs, String actor, byte[] payload) {
        return LogEntry.newBuilder()
                .setKind(kind)
                .setAdmittedAtMs(admittedAtMs)
                .setActor(actor)
                .setPayload(ByteString.copyFrom(payload))
                .build()
                .toByteArray();
    }

    /** The entry of an agent's batch: the one entry that an agent can rebuild from its receipt. */
    public static byte[] batchEntry(String agent, long admittedAtMs, byte[] signedBatch) {
        return entry(EntryKind.TELEMETRY_BATCH, admittedAtMs, actorOf(agent), signedBatch);
    }

    public static String actorOf(String agent) {
        return "agent:" + agent;
    }
}
