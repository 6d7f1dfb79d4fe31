package energy.audit.kernel;

/**
 * Names one register of one meter: {@code {site}.{meter}.{quantity}}, for example
 * {@code foundry-north.main.active-energy-import}.
 *
 * @param value three names with a dot between them
 */
public record ChannelId(String value) implements Comparable<ChannelId> {
    public ChannelId {
        String[] parts = value.split("\\.", -1);
        if (parts.length != 3) {
            throw Refusal.invalid(
                    "BAD_NAME",
                    "channel '" + value.substring(0, Math.min(value.length(), 200)) + "'",
                    "a channel is named {site}.{meter}.{quantity}",
                    "Correct the name.");
        }
        Names.checked("site", parts[0]);
        Names.checked("meter", parts[1]);
        Names.checked("quantity", parts[2]);
    }

    public static ChannelId of(String value) {
        return new ChannelId(value);
    }

    public SiteId site() {
        return new SiteId(part(0));
    }

    public String meter() {
        return part(1);
    }

    public String quantity() {
        return part(2);
    }

    private String part(int index) {
        return value.split("\\.", -1)[index];
    }

    @Override
    public int compareTo(ChannelId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
