package energy.audit.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.util.Optional;

/**
 * A time as it is written, on the clock of the place: 2026, 2026-03, 2026-03-31, 2026-03-31T14:00 or with an offset,
 * which is not converted.
 *
 * @param start its first instant
 * @param end the first instant after it; equal to the start for a time of day
 */
record Moment(LocalDateTime start, LocalDateTime end) {
    static Optional<Moment> of(String written) {
        String text = written.trim().replaceFirst("(?<=\\d) (?=\\d)", "T");
        try {
            if (text.matches("\\d{4}")) {
                LocalDate first = Year.parse(text).atDay(1);
                return Optional.of(days(first, first.plusYears(1)));
            }
            if (text.matches("\\d{4}-\\d{2}")) {
                LocalDate first = YearMonth.parse(text).atDay(1);
                return Optional.of(days(first, first.plusMonths(1)));
            }
            if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
                LocalDate day = LocalDate.parse(text);
                return Optional.of(days(day, day.plusDays(1)));
            }
            LocalDateTime at = text.matches(".*T.*(Z|[+-]\\d{2}(:?\\d{2})?)")
                    ? OffsetDateTime.parse(text.replaceFirst("([+-]\\d{2})(\\d{2})?$", "$1:$2")
                                    .replaceFirst(":$", ":00"))
                            .toLocalDateTime()
                    : LocalDateTime.parse(text);
            return Optional.of(new Moment(at, at));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Moment days(LocalDate first, LocalDate next) {
        return new Moment(first.atStartOfDay(), next.atStartOfDay());
    }
}
