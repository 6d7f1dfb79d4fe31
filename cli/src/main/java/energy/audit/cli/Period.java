package energy.audit.cli;

import java.time.LocalDateTime;

/**
 * From one time up to but without another, on the clock of the place.
 *
 * @param written as the person wrote it
 */
record Period(String written, LocalDateTime from, LocalDateTime to) {
    private static final String FORMS =
            "Write 2026-01-01..2026-12-31, 2026-01..2026-12 or 2026..2026; both ends belong.";

    static Period of(String option, String written) {
        String[] ends = written.split("\\.\\.", -1);
        if (ends.length != 2) {
            throw Refused.input(option + " " + written, "is no period", FORMS);
        }
        return of(option, ends[0], ends[1]);
    }

    /** Either end may be empty for open. */
    static Period of(String option, String from, String to) {
        LocalDateTime start =
                from.isEmpty() ? LocalDateTime.MIN : moment(option, from).start();
        LocalDateTime end =
                to.isEmpty() ? LocalDateTime.MAX : moment(option, to).end();
        if (!start.isBefore(end)) {
            throw Refused.input(option + " " + from + ".." + to, "ends before it starts", FORMS);
        }
        return new Period(from + ".." + to, start, end);
    }

    private static Moment moment(String option, String text) {
        return Moment.of(text).orElseThrow(() -> Refused.input(option + " " + text, "is no date", FORMS));
    }

    boolean has(LocalDateTime at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    boolean overlaps(Period other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }
}
