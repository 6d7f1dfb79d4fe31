package energy.audit.verifier;

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

    /** An enrolment and its parsed key. */
    record Enrolled(AgentEnrolment entry, VerificationKey key) {}

    /** Takes an entry; refuses one that is of another tenant, whose key is unusable, or whose key nobody pinned. */
    void add(long logIndex, AgentEnrolment entry, String tenant, TrustAnchors trust, Findings findings) {
        String thing = "enrolment of " + entry.getAgent() + " (log entry " + logIndex + ")";
        if (!entry.getTenant().equals(tenant)) {
            findings.problem(thing, "it is of tenant " + entry.getTenant() + ", the report of " + tenant);
            return;
        }
        try {
            VerificationKey key = VerificationKey.of(entry.getPublicKey().toByteArray());
            if (trust.pinAgents() && !entry.getRevoked() && !trust.pins(tenant, entry.getAgent(), key)) {
                findings.problem(thing, "its key " + key + " is not the one in the trust file");
                return;
            }
            byAgent.computeIfAbsent(entry.getAgent(), agent -> new TreeMap<>()).put(logIndex, new Enrolled(entry, key));
        } catch (IllegalArgumentException e) {
            findings.problem(thing, String.valueOf(e.getMessage()));
        }
    }

    /** The newest enrolment of an agent that stands in the log before an entry. */
    Optional<Enrolled> before(long logIndex, String agent) {
        TreeMap<Long, Enrolled> entries = byAgent.get(agent);
        var entry = entries == null ? null : entries.lowerEntry(logIndex);
        return entry == null ? Optional.empty() : Optional.of(entry.getValue());
    }

    int agents() {
        return byAgent.size();
    }
}
