package energy.audit.consumption;

import energy.audit.House;
import energy.audit.kernel.TenantId;

/** Works off what the server's worker would, for tests of rooms above. */
public final class DerivedHours {
    private DerivedHours() {}

    public static void derive(House house, TenantId tenant) {
        Derivation derivation = new Derivation(new IntervalTable(house.tenancy), house.ingest, house.metering);
        int hours = 1;
        while (hours > 0) {
            hours = house.access.asSystem(
                    "consumption", tenant, () -> derivation.run(50_000).hours());
        }
    }
}
