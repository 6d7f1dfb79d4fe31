package energy.audit.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Prices and emission factors of the demo's German tenant. The grid's factor and the one of natural gas are published ones and name
 * their source and edition, also where they are used for a later year; the contracts are made up, as the plants are.
 */
final class DemoFactors {
    static final String TENANT = "demo-castings";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EMISSIONS = """
            energy,unit,scope,basis,from,until,kg_co2e_per_unit,source,edition,gwp
            electricity,kWh,2,location,2025-01-01,2028-01-01,0.363,"Umweltbundesamt, German electricity mix","data year 2024, estimate",CO2 only
            electricity,kWh,2,market,2025-01-01,2028-01-01,0.290,contract of the simulated supplier,2025,CO2 only
            gas,kWh,1,,2025-01-01,2028-01-01,0.18296,"UK government conversion factors, natural gas, gross CV",2025,AR5
            """;
    private static final String ELECTRICITY = """
            tariff,from,until,kind,name,months,days,hours,price
            2025,2025-01-01,2026-01-01,energy,day,,MON-FRI,06:00-22:00,0.1980
            2025,2025-01-01,2026-01-01,energy,night and weekend,,,,0.1590
            2025,2025-01-01,2026-01-01,demand,monthly peak,,,,9.20
            2025,2025-01-01,2026-01-01,standing,,,,,4.50
            2026,2026-01-01,2028-01-01,energy,day,,MON-FRI,06:00-22:00,0.2040
            2026,2026-01-01,2028-01-01,energy,night and weekend,,,,0.1630
            2026,2026-01-01,2028-01-01,demand,monthly peak,,,,9.85
            2026,2026-01-01,2028-01-01,standing,,,,,4.50
            """;
    private static final String GAS = """
            tariff,from,until,kind,name,months,days,hours,price
            2025,2025-01-01,2028-01-01,energy,all,,,,0.0580
            2025,2025-01-01,2028-01-01,standing,,,,,2.10
            """;

    private final Backend backend;

    DemoFactors(Backend backend) {
        this.backend = backend;
    }

    /** Again it changes nothing. */
    void enter(String tenant) {
        enter(tenant, "published-factors", "emission-factors", "", EMISSIONS);
        enter(tenant, "supply-electricity", "tariff", "electricity", ELECTRICITY);
        enter(tenant, "supply-gas", "tariff", "gas", GAS);
    }

    private void enter(String tenant, String id, String kind, String energy, String csv) {
        ObjectNode table = JSON.createObjectNode()
                .put("id", id)
                .put("kind", kind)
                .put("csv", csv)
                .put("reason", "Prices and factors of the demo");
        if (!energy.isEmpty()) {
            table.put("energySource", energy).put("currency", "EUR").put("source", "simulated contract");
        }
        backend.post("/tenants/" + tenant + "/factor-tables", table);
    }
}
