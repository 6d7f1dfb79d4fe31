package energy.audit.report;

import energy.audit.evidence.wire.MeteringConfiguration;
import java.util.ArrayList;
import java.util.List;

/** A site's configurations as a row in time: each replaces all that was said of its first instant and after. */
final class InForce {
    private InForce() {}

    /**
     * @param configurations of one site, in log order
     * @return ascending by effective instant, each in force until the next one's
     */
    static List<MeteringConfiguration> of(List<MeteringConfiguration> configurations) {
        List<MeteringConfiguration> row = new ArrayList<>();
        for (MeteringConfiguration next : configurations) {
            row.removeIf(earlier -> earlier.getEffectiveFromMs() >= next.getEffectiveFromMs());
            row.add(next);
        }
        return List.copyOf(row);
    }
}
