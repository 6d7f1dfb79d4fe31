package energy.audit.report;

import energy.audit.evidence.wire.MeteringConfiguration;
import java.time.ZoneId;
import java.util.List;

/**
 * What a report prints of one site.
 *
 * @param configuration the newest that is in force before the period ends
 * @param versions how many configurations were in force during the period
 * @param spans the months of the period, in the site's zone
 * @param sources sums per energy source over the meters at the boundary
 * @param meters energy meters, each followed by the meters below it
 * @param others counters that are not energy: water, output
 */
record SitePlan(
        MeteringConfiguration configuration,
        int versions,
        List<Span> spans,
        List<PlanRow> sources,
        List<PlanRow> meters,
        List<PlanRow> others) {
    SitePlan {
        spans = List.copyOf(spans);
        sources = List.copyOf(sources);
        meters = List.copyOf(meters);
        others = List.copyOf(others);
    }

    String site() {
        return configuration.getSite();
    }

    String name() {
        return configuration.getSiteName().isEmpty() ? configuration.getSite() : configuration.getSiteName();
    }

    ZoneId zone() {
        return ZoneId.of(configuration.getZone());
    }
}
