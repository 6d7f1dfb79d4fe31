package energy.audit.kernel;

/**
 * Names a tenant, for example {@code demo-castings}.
 *
 * @param value 1 to 63 lower-case letters, digits and hyphens
 */
public record TenantId(String value) implements Comparable<TenantId> {
    public TenantId {
        Names.checked("tenant", value);
    }

    public static TenantId of(String value) {
        return new TenantId(value);
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
