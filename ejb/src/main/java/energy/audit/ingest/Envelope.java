package energy.audit.ingest;

import energy.audit.kernel.AgentId;
import energy.audit.kernel.TenantId;
import java.util.Optional;

/**
 * A message as it arrived.
 *
 * @param topic the broker's address {@code t.{tenant}.{agent}.batch} or MQTT topic with slashes
 * @param payload a serialised SignedBatch, one hopes; not copied
 * @param publication which publish of the agent this was; empty when the message does not say
 */
public record Envelope(String topic, byte[] payload, Optional<Publication> publication) {
    /**
     * One publish of an agent.
     *
     * @param boot the agent's boot id
     * @param number publishes since boot, from 1
     */
    public record Publication(String boot, long number) {
        public Publication {
            if (boot.length() > 64 || number < 1) {
                throw new IllegalArgumentException("boot " + boot + ", n " + number);
            }
        }
    }

    /** Tenant and agent that the topic names; empty when it names none. */
    public Optional<Sender> sender() {
        String[] parts = topic.split("[./]", -1);
        if (parts.length != 4 || !parts[0].equals("t") || !parts[3].equals("batch")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Sender(TenantId.of(parts[1]), AgentId.of(parts[2])));
        } catch (energy.audit.kernel.Refusal e) {
            return Optional.empty();
        }
    }

    /** Who may publish on a topic. */
    public record Sender(TenantId tenant, AgentId agent) {}
}
