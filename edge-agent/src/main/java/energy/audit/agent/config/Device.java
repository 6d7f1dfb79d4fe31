package energy.audit.agent.config;

import java.util.List;

/**
 * A meter or sensor on a bus.
 *
 * @param id unique in the agent
 * @param unit Modbus unit id, 0..255
 */
public record Device(String id, int unit, List<Register> registers) {
    public Device {
        registers = List.copyOf(registers);
        if (unit < 0 || unit > 255) {
            throw new IllegalArgumentException("unit " + unit + " of device " + id + " is outside 0..255");
        }
        if (registers.isEmpty()) {
            throw new IllegalArgumentException("device " + id + " has no registers");
        }
    }
}
