package energy.audit.agent.poll;

import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Bus.SerialLine;
import energy.audit.agent.config.Bus.Transport;
import energy.audit.agent.config.Device;
import energy.audit.agent.config.PollPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long a bus is busy in one cycle, computed from its speed, its frames and the waits for silent devices. The time that
 * a device thinks before it answers is not known: it is taken as 50 ms on serial lines and 10 ms over TCP. With several
 * connections every figure is that of the busiest one.
 *
 * @param connections over which its devices are shared out
 * @param requests per cycle
 * @param typical with every device answering
 * @param oneSilent with one device silent for the first time: its time-out, and after all others its retries
 * @param available for beginning requests, see {@link PollCycle}
 * @param silentCost what the slowest silent device takes from its neighbours in one cycle; zero if none has any
 * @param silentBorne how many devices of one connection may be silent when all of them are asked, at a quarter hour, with
 *     the others still read
 * @param shortfalls why the plan cannot be met; empty if it can
 */
public record BusTime(
        String bus,
        int connections,
        int devices,
        int registers,
        int requests,
        Duration typical,
        Duration oneSilent,
        Duration available,
        Duration silentCost,
        int silentBorne,
        List<Shortfall> shortfalls) {
    /** A silent device may cost its neighbours this part of the interval. */
    private static final int PART_FOR_A_SILENT_DEVICE = 10;

    private static final int RTU_REQUEST_BYTES = 8;
    private static final int RTU_ANSWER_OVERHEAD_BYTES = 5;
    private static final double THINKING_SERIAL_SECONDS = 0.050;
    private static final double THINKING_TCP_SECONDS = 0.010;

    public BusTime {
        shortfalls = List.copyOf(shortfalls);
    }

    /** Computes one bus of a plan. */
    public static BusTime of(PollPlan plan, Bus bus) {
        int registers = 0;
        int requests = 0;
        for (Device device : bus.devices()) {
            registers += device.registers().size();
            requests += ReadSpan.covering(device.registers(), bus.maxHole()).size();
        }
        List<Bus> lanes = PollCycle.lanes(bus);
        Duration silentCost = lanes.stream()
                .filter(lane -> lane.devices().size() > 1)
                .flatMap(lane -> lane.devices().stream())
                .map(device -> silence(plan, bus, device))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new BusTime(
                bus.id(),
                lanes.size(),
                bus.devices().size(),
                registers,
                requests,
                longest(lanes.stream().map(BusTime::answered).toList()),
                longest(lanes.stream().map(lane -> oneSilent(plan, lane, true)).toList()),
                PollCycle.budget(plan),
                silentCost,
                lanes.stream().mapToInt(lane -> silentBorne(plan, lane)).min().orElse(0),
                shortfalls(plan, bus));
    }

    /** True if the plan can be met. */
    public boolean fits() {
        return shortfalls.isEmpty();
    }

    private static List<Shortfall> shortfalls(PollPlan plan, Bus bus) {
        List<Shortfall> found = new ArrayList<>();
        List<Bus> lanes = PollCycle.lanes(bus);
        Duration available = PollCycle.budget(plan);
        Duration typical = longest(lanes.stream().map(BusTime::answered).toList());
        if (typical.compareTo(available) > 0) {
            found.add(new Shortfall(
                    bus.id(), "one cycle with every device answering", typical, available, Changes.of(plan, bus)));
        }
        Duration tenth = plan.interval().dividedBy(PART_FOR_A_SILENT_DEVICE);
        for (Bus lane : lanes) {
            for (Device device : lane.devices()) {
                Duration cost = silence(plan, bus, device);
                if (lane.devices().size() > 1 && cost.compareTo(tenth) > 0) {
                    Duration most = tenth.minus(cost.minus(timeout(plan, device)));
                    found.add(new Shortfall(
                            bus.id(),
                            "waiting for device " + device.id() + " if it is silent",
                            cost,
                            tenth,
                            "A silent device may cost its neighbours a tenth of the interval: set its request-timeout to "
                                    + most.toMillis() + "ms or less, or polling-interval to "
                                    + Changes.interval(cost.multipliedBy(PART_FOR_A_SILENT_DEVICE))));
                }
            }
        }
        Duration neighbours =
                longest(lanes.stream().map(lane -> oneSilent(plan, lane, false)).toList());
        Duration oneSilent =
                longest(lanes.stream().map(lane -> oneSilent(plan, lane, true)).toList());
        if (found.isEmpty() && neighbours.compareTo(available) > 0) {
            found.add(new Shortfall(
                    bus.id(), "one cycle with one device silent", neighbours, available, Changes.of(plan, bus)));
        } else if (found.isEmpty() && oneSilent.compareTo(plan.interval()) > 0) {
            found.add(new Shortfall(
                    bus.id(),
                    "one cycle with one device silent and asked again",
                    oneSilent,
                    plan.interval(),
                    "Lower its retries or its request-timeout, or poll less often"));
        }
        return found;
    }

    /** True if every device that answers is read, also beside one silent neighbour. */
    static boolean meets(PollPlan plan, Bus bus) {
        Duration available = PollCycle.budget(plan);
        return PollCycle.lanes(bus).stream()
                .allMatch(lane -> answered(lane).compareTo(available) <= 0
                        && oneSilent(plan, lane, false).compareTo(available) <= 0);
    }

    private static Duration longest(List<Duration> times) {
        return times.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /** A connection's cycle with every device answering. */
    static Duration answered(Bus lane) {
        return lane.devices().stream().map(device -> answered(lane, device)).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration answered(Bus bus, Device device) {
        double seconds = 0;
        for (ReadSpan span : ReadSpan.covering(device.registers(), bus.maxHole())) {
            seconds += secondsFor(bus, span);
        }
        return Duration.ofNanos((long) Math.ceil(seconds * 1e9));
    }

    private static Duration timeout(PollPlan plan, Device device) {
        return device.requestTimeout().orElse(plan.requestTimeout());
    }

    /** What one silence costs: the time-out, and on a serial line the quiet that is waited for afterwards. */
    private static Duration silence(PollPlan plan, Bus bus, Device device) {
        Duration quiet = bus.transport() == Transport.RTU ? Bus.QUIET_AFTER_SILENCE : Duration.ZERO;
        return timeout(plan, device).plus(quiet);
    }

    /** A connection's cycle with its slowest silent device in front of all others. */
    private static Duration oneSilent(PollPlan plan, Bus lane, boolean withRetries) {
        Duration all = answered(lane);
        return longest(lane.devices().stream()
                .map(device -> all.minus(answered(lane, device))
                        .plus(silence(plan, lane, device).multipliedBy(withRetries ? 1L + device.retries() : 1L)))
                .toList());
    }

    private static int silentBorne(PollPlan plan, Bus lane) {
        List<Duration> more = lane.devices().stream()
                .map(device -> silence(plan, lane, device).minus(answered(lane, device)))
                .sorted(Comparator.reverseOrder())
                .toList();
        Duration cycle = answered(lane);
        int borne = 0;
        for (Duration each : more) {
            cycle = cycle.plus(each);
            if (cycle.compareTo(PollCycle.budget(plan)) > 0) {
                break;
            }
            borne++;
        }
        return borne;
    }

    /**
     * One request and its answer. On a line each is followed by a silence (Modbus over Serial Line V1.02, 2.5.1.1): 3.5
     * characters, above 19,200 baud always 1.75 ms.
     */
    private static double secondsFor(Bus bus, ReadSpan span) {
        if (bus.transport() == Transport.TCP) {
            return THINKING_TCP_SECONDS;
        }
        SerialLine line = bus.line();
        double character = bitsOfACharacter(line) / (double) line.baud();
        double silence = line.baud() > 19_200 ? 0.001_75 : 3.5 * character;
        int data = span.area().isBits() ? (span.quantity() + 7) / 8 : span.quantity() * 2;
        return (RTU_REQUEST_BYTES + RTU_ANSWER_OVERHEAD_BYTES + data) * character
                + 2 * silence
                + THINKING_SERIAL_SECONDS;
    }

    /** Start bit, data bits, parity bit if there is one, stop bits. */
    static int bitsOfACharacter(SerialLine line) {
        return 1 + line.dataBits() + ("none".equals(line.parity()) ? 0 : 1) + line.stopBits();
    }
}
