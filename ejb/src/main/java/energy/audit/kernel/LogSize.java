package energy.audit.kernel;

/**
 * A prefix of a tenant's log, named by the number of its entries: "as known at N" means entries 0 to N-1 and what was
 * derived from them, nothing later.
 *
 * @param entries 0 or more; {@link Long#MAX_VALUE} means all that is known when the question is asked
 */
public record LogSize(long entries) implements Comparable<LogSize> {
    /** All that is known when the question is asked. */
    public static final LogSize NEWEST = new LogSize(Long.MAX_VALUE);

    public LogSize {
        if (entries < 0) {
            throw Refusal.invalid(
                    "BAD_LOG_SIZE",
                    "log size " + entries,
                    "it is negative",
                    "Give a size that a checkpoint has named.");
        }
    }

    public static LogSize of(long entries) {
        return new LogSize(entries);
    }

    public boolean isNewest() {
        return entries == Long.MAX_VALUE;
    }

    /** True when the entry at {@code logIndex} belongs to this prefix. */
    public boolean covers(long logIndex) {
        return logIndex < entries;
    }

    @Override
    public int compareTo(LogSize other) {
        return Long.compare(entries, other.entries);
    }
}
