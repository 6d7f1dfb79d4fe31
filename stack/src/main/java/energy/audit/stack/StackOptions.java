package energy.audit.stack;

import java.nio.file.Path;
import java.util.Set;

/**
 * What a stack is started with.
 *
 * @param home project folder with built jars
 * @param data data folder; made if absent
 * @param portOffset added to every port, 0 to {@link Ports#MAX_OFFSET}
 * @param fresh whether an existing installation in {@code data} is deleted first
 * @param historyMonths months of history that a new plant has, 0 to 60; without effect on an existing one
 * @param only names of parts to start, for development; empty: all of them
 */
public record StackOptions(Path home, Path data, int portOffset, boolean fresh, int historyMonths, Set<String> only) {
    private static final int MAX_MONTHS = 60;

    public StackOptions {
        only = Set.copyOf(only);
        if (historyMonths < 0 || historyMonths > MAX_MONTHS) {
            throw new StackFailure(
                    "--history-months " + historyMonths, "not within 0.." + MAX_MONTHS, "The demo has 13 by default");
        }
    }

    /** The demo's own: 13 months of history, ports as documented. */
    public static StackOptions of(Path home, Path data) {
        return new StackOptions(home, data, 0, false, 13, Set.of());
    }

    public StackOptions withPortOffset(int offset) {
        return new StackOptions(home, data, offset, fresh, historyMonths, only);
    }

    public StackOptions withHistoryMonths(int months) {
        return new StackOptions(home, data, portOffset, fresh, months, only);
    }

    public StackOptions freshly() {
        return new StackOptions(home, data, portOffset, true, historyMonths, only);
    }
}
