package energy.audit.gap;

import energy.audit.kernel.Period;
import energy.audit.kernel.SiteId;
import java.util.Optional;

/**
 * What one entry of the log says of a gap.
 *
 * @param logIndex the entry
 * @param meter id; empty: every meter of the site
 * @param by who signed for it
 * @param withdrawn true: it takes back what was said of that period
 * @param inForce false: a later entry speaks of the same site, meter and period
 */
public record LoggedGap(
        long logIndex,
        SiteId site,
        Optional<String> meter,
        Period period,
        String reason,
        String by,
        boolean withdrawn,
        boolean inForce) {
    boolean covers(String ofMeter, Period other) {
        return inForce
                && !withdrawn
                && meter.map(ofMeter::equals).orElse(true)
                && period.from().isBefore(other.to())
                && period.to().isAfter(other.from());
    }
}
