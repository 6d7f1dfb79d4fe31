package energy.audit.kernel;

/**
 * Names an agent of a tenant, for example {@code foundry-north-agent}.
 *
 * @param value 1 to 63 lower-case letters, digits and hyphens
 */
public record AgentId(String value) implements Comparable<AgentId> {
    public AgentId {
        Names.checked("agent", value);
    }

    public static AgentId of(String value) {
        return new AgentId(value);
    }

    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
