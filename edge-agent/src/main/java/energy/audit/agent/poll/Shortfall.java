package energy.audit.agent.poll;

import java.time.Duration;

/**
 * Why a plan cannot be met.
 *
 * @param bus its id; empty: all buses together
 * @param what takes too long
 * @param needed by it
 * @param available for it
 * @param change what to change in {@code modbus.yaml} or {@code audit-engine.conf}
 */
public record Shortfall(String bus, String what, Duration needed, Duration available, String change) {
    /** One sentence with both times, then what to change. */
    public String sentence() {
        return (bus.isEmpty() ? "" : "bus " + bus + ": ") + what + " needs " + needed.toMillis() + " ms, "
                + available.toMillis() + " ms are available. " + change;
    }
}
