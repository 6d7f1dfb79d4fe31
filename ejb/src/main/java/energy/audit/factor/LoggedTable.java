package energy.audit.factor;

import energy.audit.kernel.SiteId;
import java.time.Instant;
import java.util.Optional;

/**
 * A table as one entry of the log has it.
 *
 * @param site empty: for every site that has none of its own
 * @param energySource of a tariff: electricity, gas, …; else empty
 * @param currency of a tariff, ISO 4217; else empty
 * @param source of a tariff: contract or price sheet
 * @param csv as it was entered
 * @param withdrawn the table holds no more
 * @param inForce false: a later entry has the same id
 */
public record LoggedTable(
        long logIndex,
        String id,
        FactorKind kind,
        Optional<SiteId> site,
        String energySource,
        String currency,
        String source,
        String csv,
        String reason,
        String by,
        Instant at,
        boolean withdrawn,
        boolean inForce) {
    boolean holds() {
        return inForce && !withdrawn;
    }

    boolean speaksOf(SiteId asked) {
        return site.isEmpty() || site.get().equals(asked);
    }
}
