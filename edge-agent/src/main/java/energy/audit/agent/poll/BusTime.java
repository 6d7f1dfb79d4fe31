package energy.audit.agent.poll;

import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Bus.Transport;
import energy.audit.agent.config.Device;
import energy.audit.agent.config.PollPlan;
import java.time.Duration;

/**
 * How long a bus is busy in one cycle, estimated from its speed. A serial character is 11 bits (start, 8 data, parity or
 * second stop, stop) and frames are 3.5 characters apart (Modbus over Serial Line V1.02, 2.5.1.1); the device's own
 * thinking time is taken as 50 ms on serial lines and 10 ms on TCP.
 *
 * @param requests per cycle
 * @param typical with every device answering
 * @param worst with one device silent: one request timeout more
 */
public record BusTime(
        String bus, int devices, int registers, int requests, Duration typical, Duration worst, boolean fits) {
    private static final int RTU_REQUEST_BYTES = 8;
    private static final int RTU_ANSWER_OVERHEAD_BYTES = 5;

    /** Estimate for one bus of a plan; {@code fits} if the worst case still ends within the interval. */
    public static BusTime of(PollPlan plan, Bus bus) {
        int registers = 0;
        int requests = 0;
        double seconds = 0;
        for (Device device : bus.devices()) {
            registers += device.registers().size();
            for (ReadSpan span : ReadSpan.covering(device.registers(), bus.maxHole())) {
                requests++;
                seconds += secondsFor(bus, span);
            }
        }
        Duration typical = Duration.ofMillis((long) Math.ceil(seconds * 1000));
        Duration worst = typical.plus(plan.requestTimeout());
        return new BusTime(
                bus.id(),
                bus.devices().size(),
                registers,
                requests,
                typical,
                worst,
                worst.compareTo(plan.interval()) < 0);
    }

    private static double secondsFor(Bus bus, ReadSpan span) {
        if (bus.transport() == Transport.TCP) {
            return 0.010;
        }
        int data = span.area().isBits() ? (span.quantity() + 7) / 8 : span.quantity() * 2;
        double characters = RTU_REQUEST_BYTES + RTU_ANSWER_OVERHEAD_BYTES + data + 2 * 3.5;
        return characters * 11 / bus.line().baud() + 0.050;
    }
}
