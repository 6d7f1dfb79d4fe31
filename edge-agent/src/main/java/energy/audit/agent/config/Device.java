package energy.audit.agent.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A meter or sensor on a bus.
 *
 * @param id unique in the agent
 * @param unit Modbus unit id, 0..255
 * @param requestTimeout longest wait for one answer of this device; empty: the plan's
 * @param retries how often a garbled or missing answer is asked for again in the same cycle, 0..3
 */
public record Device(String id, int unit, List<Register> registers, Optional<Duration> requestTimeout, int retries) {
    /** A device with the plan's timeout, asked once in a cycle. */
    public Device(String id, int unit, List<Register> registers) {
        this(id, unit, registers, Optional.empty(), 0);
    }

    public Device {
        registers = List.copyOf(registers);
        if (unit < 0 || unit > 255) {
            throw new IllegalArgumentException("unit " + unit + " of device " + id + " is outside 0..255");
        }
        if (retries < 0 || retries > 3) {
            throw new IllegalArgumentException("retries " + retries + " of device " + id + " is outside 0..3");
        }
        if (registers.isEmpty()) {
            throw new IllegalArgumentException("device " + id + " has no registers");
        }
    }
}
