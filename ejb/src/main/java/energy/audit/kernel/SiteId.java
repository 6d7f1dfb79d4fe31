package energy.audit.kernel;

/**
 * Names a site of a tenant, for example {@code foundry-north}.
 *
 * @param value 1 to 63 lower-case letters, digits and hyphens
 */
public record SiteId(String value) implements Comparable<SiteId> {
    public SiteId {
        Names.checked("site", value);
    }

    public static SiteId of(String value) {
        return new SiteId(value);
    }

    @Override
    public int compareTo(SiteId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
