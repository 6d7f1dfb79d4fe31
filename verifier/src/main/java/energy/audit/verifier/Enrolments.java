package energy.audit.verifier;

import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedKeyChange;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.AgentEnrolment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The agents' keys, as the attached entries enrol, change and revoke them. */
final class Enrolments {
    /** Agent to (log index to enrolment). */
    private final Map<String, TreeMap<Long, Enrolled>> byAgent = new HashMap<>();

    /** Agents whose key nobody pinned, where keys are pinned: agent to the words for it. */
    private final Map<String, Unpinned> unpinned = new HashMap<>();

    /** Why nothing that an agent has signed counts. */
    record Unpinned(String thing, String why) {}

    /** An enrolment and its parsed key. */
    record Enrolled(AgentEnrolment entry, VerificationKey key) {}

    /**
     * Takes an entry; refuses one that is of another tenant or whose key is unusable. One whose key nobody pinned is left
     * out: that matters where a batch of its agent is used, and the log may well name agents that the report has no need of.
     */
    void add(long logIndex, AgentEnrolment entry, String tenant, TrustAnchors trust, Findings findings) {
        String thing = "enrolment of " + entry.getAgent() + " (log entry " + logIndex + ")";
        if (!entry.getTenant().equals(tenant)) {
            findings.problem(thing, "it is of tenant " + entry.getTenant() + ", the report of " + tenant);
            return;
        }
        try {
            VerificationKey key = VerificationKey.of(entry.getPublicKey().toByteArray());
            boolean vouched = !entry.getKeyChange().isEmpty();
            if (vouched && unpinned.containsKey(entry.getAgent()) && !byAgent.containsKey(entry.getAgent())) {
                return; // a key that nobody pinned vouches for nothing
            }
            if (vouched && !continues(logIndex, entry, key, findings)) {
                return;
            }
            if (trust.pinAgents() && !vouched && !entry.getRevoked() && !trust.pins(tenant, entry.getAgent(), key)) {
                unpinned.put(
                        entry.getAgent(), new Unpinned(thing, "its key " + key + " is not the one in the trust file"));
                return;
            }
            byAgent.computeIfAbsent(entry.getAgent(), agent -> new TreeMap<>()).put(logIndex, new Enrolled(entry, key));
        } catch (IllegalArgumentException e) {
            findings.problem(thing, String.valueOf(e.getMessage()));
        }
    }

    /** A key change must be announced by the key that was accepted before it, and say the same as its entry. */
    private boolean continues(long logIndex, AgentEnrolment entry, VerificationKey key, Findings findings) {
        String thing = "key change of " + entry.getAgent() + " (log entry " + logIndex + ")";
        try {
            OpenedKeyChange change = OpenedKeyChange.open(entry.getKeyChange().toByteArray());
            var before = byAgent.getOrDefault(entry.getAgent(), new TreeMap<>()).lowerEntry(logIndex);
            if (before == null || !before.getValue().key().equals(change.oldKey())) {
                findings.problem(thing, "it is not announced by the key that the agent had before");
            } else if (!change.newKey().equals(key)
                    || change.firstSequence() != entry.getFirstSequence()
                    || !change.body().getTenant().equals(entry.getTenant())
                    || !change.body().getAgent().equals(entry.getAgent())
                    || entry.getRevoked()) {
                findings.problem(thing, "the agent announced something else than the entry says");
            } else {
                return true;
            }
        } catch (MalformedEvidence e) {
            findings.problem(thing, e);
        }
        return false;
    }

    /**
     * The enrolment whose key must have signed a batch: of those that stand in the log before its entry the newest, passing
     * over keys that sign later sequences only. A revocation ends all keys before it.
     */
    Optional<Enrolled> of(long logIndex, String agent, long sequence) {
        TreeMap<Long, Enrolled> entries = byAgent.get(agent);
        var at = entries == null ? null : entries.lowerEntry(logIndex);
        while (entries != null
                && at != null
                && Long.compareUnsigned(at.getValue().entry().getFirstSequence(), sequence) > 0) {
            at = entries.lowerEntry(at.getKey());
        }
        return at == null ? Optional.empty() : Optional.of(at.getValue());
    }

    /** Why an agent without an accepted enrolment has none, if that is because its key was not pinned. */
    Optional<Unpinned> unpinned(String agent) {
        return Optional.ofNullable(unpinned.get(agent));
    }

    int agents() {
        return byAgent.size();
    }
}
