package energy.audit.web.rest;

import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; each answer that is no names the parameter. */
public final class Query {
    private Query() {}

    public static String needed(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw Refusal.invalid("MISSING_PARAMETER", "parameter " + name, "it is missing", "Add ?" + name + "=…");
        }
        return value;
    }

    /** ISO time with offset, or a plain date: then the beginning of that day in the zone. */
    public static Instant instant(String name, @Nullable String value, ZoneId zone) {
        String text = needed(name, value).replace(' ', '+');
        try {
            return text.length() == "2026-11-23".length()
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.invalid(
                    "BAD_TIME",
                    "parameter " + name + " = '" + text + "'",
                    "it is neither a date nor a time with offset",
                    "Write 2026-11-23 or 2026-11-23T00:00:00Z.");
        }
    }

    public static Period period(@Nullable String from, @Nullable String to, ZoneId zone) {
        return Period.of(instant("from", from, zone), instant("to", to, zone));
    }

    public static LocalDate date(String name, String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeException e) {
            throw Refusal.invalid(
                    "BAD_DATE", "parameter " + name + " = '" + value + "'", "it is not a date", "Write 2026-11-23.");
        }
    }

    public static long whole(String name, @Nullable String value) {
        String text = needed(name, value);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Refusal.invalid(
                    "BAD_NUMBER", "parameter " + name + " = '" + text + "'", "it is not a whole number", "Correct it.");
        }
    }

    /** NEWEST when the parameter is not there. */
    public static LogSize logSize(@Nullable String value) {
        return value == null || value.isBlank() ? LogSize.NEWEST : LogSize.of(whole("asKnownAt", value));
    }

    /** @return a page's size, 1 to {@code most} */
    public static int limit(@Nullable String value, int most) {
        if (value == null || value.isBlank()) {
            return most;
        }
        long asked = whole("limit", value);
        if (asked < 1) {
            throw Refusal.invalid("BAD_NUMBER", "parameter limit = " + asked, "it is below 1", "Correct it.");
        }
        return (int) Math.min(asked, most);
    }
}
