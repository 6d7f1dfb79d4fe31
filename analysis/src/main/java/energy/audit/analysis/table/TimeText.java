package energy.audit.analysis.table;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** A time as people write it: {@code 2026-03-31T14:00+02:00}, {@code 2026-03-31 14:00} on the site's clock, or a day. */
public final class TimeText {
    private TimeText() {}

    public static boolean isDay(String text) {
        return text.matches("\\d{4}-\\d{2}-\\d{2}");
    }

    /** @throws IllegalArgumentException saying why it is none */
    public static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no day like 2026-01-31", e);
        }
    }

    /**
     * With an offset, or on the clock of the zone.
     *
     * @throws IllegalArgumentException saying why it is none, also for a time that the clocks skipped or showed twice
     */
    public static Instant instant(String written, ZoneId zone) {
        String text = written.replaceFirst("(?<=\\d) (?=\\d)", "T");
        try {
            if (text.matches(".*T.*(Z|[+-]\\d{2}:?\\d{2})")) {
                return OffsetDateTime.parse(text.replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2"))
                        .toInstant();
            }
            LocalDateTime local = LocalDateTime.parse(text);
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
            if (offsets.size() == 1) {
                return local.toInstant(offsets.get(0));
            }
            throw new IllegalArgumentException("'" + written + "' is a time that the clocks of " + zone
                    + (offsets.isEmpty()
                            ? " skipped"
                            : " showed twice; write it with its offset, like " + local + offsets.get(0)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + written + "' is no time like 2026-01-31T14:00+01:00", e);
        }
    }
}
