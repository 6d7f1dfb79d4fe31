package energy.audit.ingest;

import energy.audit.kernel.AgentId;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import java.util.Optional;
import java.util.regex.Pattern;

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
        /** More publishes than an agent makes in a thousand years of ten a second. */
        private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,11}");

        private static final Pattern BOOT = Pattern.compile("[A-Za-z0-9_-]{1,64}");

        /** As the message's properties say; empty when they say no such thing. */
        public static Optional<Publication> of(String boot, String number) {
            return BOOT.matcher(boot).matches() && NUMBER.matcher(number).matches()
                    ? Optional.of(new Publication(boot, Long.parseLong(number)))
                    : Optional.empty();
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
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** Who may publish on a topic. */
    public record Sender(TenantId tenant, AgentId agent) {}
}
