package energy.audit.report;

import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * Which report is wanted, of the current tenant.
 *
 * @param site empty: all sites
 * @param from first day, in the zone of each site
 * @param to last day, included
 * @param asKnownAt the prefix of the log to report on; {@link LogSize#NEWEST}: all that is known now
 * @param comparedWith an earlier prefix: the report then also explains, line by line, what has changed since
 * @param language of the words; numbers look alike in all of them
 */
public record ReportRequest(
        Optional<SiteId> site,
        LocalDate from,
        LocalDate to,
        ReportFormat format,
        LogSize asKnownAt,
        Optional<LogSize> comparedWith,
        Locale language) {
    private static final int MOST_YEARS = 10;

    public ReportRequest {
        if (to.isBefore(from)) {
            throw Refusal.invalid(
                    "EMPTY_PERIOD",
                    "report " + from + " .. " + to,
                    "its last day is before its first",
                    "Swap the days.");
        }
        if (to.isAfter(from.plusYears(MOST_YEARS))) {
            throw Refusal.invalid(
                    "PERIOD_TOO_LONG",
                    "report " + from + " .. " + to,
                    "it covers more than " + MOST_YEARS + " years",
                    "Ask for several reports.");
        }
    }

    /** All that is known now, in English. */
    public static ReportRequest of(Optional<SiteId> site, LocalDate from, LocalDate to, ReportFormat format) {
        return new ReportRequest(site, from, to, format, LogSize.NEWEST, Optional.empty(), Locale.ENGLISH);
    }
}
