package energy.audit.web.access;

import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Query parameters that came from outside; a missing or wrong one is refused by its name. */
public final class RequestParameters {
    private RequestParameters() {}

    public static String required(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw Refusal.invalid("MISSING_PARAMETER", "parameter " + name, "is missing", "Add ?" + name + "=…");
        }
        return value;
    }

    public static Instant instant(String name, @Nullable String value) {
        String text = required(name, value);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.invalid(
                    "BAD_PARAMETER",
                    "parameter " + name + " '" + text + "'",
                    "is no instant with zone or offset",
                    "Write it like 2026-11-23T00:00:00Z or 2026-11-23T01:00:00+01:00.");
        }
    }

    public static Period period(@Nullable String from, @Nullable String to) {
        return Period.of(instant("from", from), instant("to", to));
    }
}
