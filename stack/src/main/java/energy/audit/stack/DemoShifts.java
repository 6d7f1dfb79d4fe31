package energy.audit.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The shift plan of the demo's foundry: two shifts from 06:00 to 22:00 on workdays, as its simulated furnaces work. */
final class DemoShifts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Backend backend;

    DemoShifts(Backend backend) {
        this.backend = backend;
    }

    /** Again it changes nothing. */
    void enter(String tenant, String site) {
        ObjectNode plan = JSON.createObjectNode()
                .put("site", site)
                .put("effectiveFrom", "2025-01-01")
                .put("reason", "Works agreement of the simulated foundry");
        ArrayNode shifts = plan.putArray("shifts");
        shifts.addObject()
                .put("name", "early")
                .put("days", "MON-FRI")
                .put("start", "06:00")
                .put("end", "14:00");
        shifts.addObject()
                .put("name", "late")
                .put("days", "MON-FRI")
                .put("start", "14:00")
                .put("end", "22:00");
        ArrayNode off = plan.putArray("daysOff");
        List.of(
                        "2025-12-24",
                        "2025-12-25",
                        "2025-12-26",
                        "2025-12-31",
                        "2026-01-01",
                        "2026-04-03",
                        "2026-04-06",
                        "2026-05-01",
                        "2026-05-14",
                        "2026-05-25",
                        "2026-12-24",
                        "2026-12-25",
                        "2026-12-31",
                        "2027-01-01")
                .forEach(off::add);
        backend.post("/tenants/" + tenant + "/shift-plans", plan);
    }
}
