package energy.audit.agent.poll;

import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Decoded;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.config.Register;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.poll.Answer.NoAnswer;
import energy.audit.evidence.wire.DeviceHealth;
import energy.audit.evidence.wire.GapCause;
import java.io.Closeable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Polls the devices of one bus one after the other: those that answered last time first, in the order of the file, then
 * the silent ones whose pause is over, so that these delay nobody.
 */
final class BusPoll implements Closeable {
    private static final NoAnswer NO_TIME_LEFT =
            new NoAnswer(GapCause.REQUEST_TIMEOUT, "the bus had no time left in this cycle", false);

    private static final int NAMED_DEVICES = 10;

    private final Bus bus;
    private final PollPlan plan;
    private final Clock clock;
    private final Journal.Log log;
    private final ModbusBus line;
    private final List<DeviceLine> devices;
    private final Map<String, Boolean> notImplementedLogged = new HashMap<>();
    private int refusedConnections;

    BusPoll(Bus bus, PollPlan plan, Clock clock, Journal.Log log) {
        this.bus = bus;
        this.plan = plan;
        this.clock = clock;
        this.log = log;
        this.line = new ModbusBus(bus, plan.requestTimeout());
        this.devices = bus.devices().stream()
                .map(device -> new DeviceLine(device, bus.maxHole(), plan.interval(), log))
                .toList();
    }

    /**
     * One reading for every register of the bus.
     *
     * @param deadlineNanos of {@link System#nanoTime}; devices that are not reached by then are missing
     */
    List<Reading> poll(Instant boundary, long deadlineNanos) {
        Map<String, Reading> readings = new HashMap<>();
        NoAnswer wholeBus = null;
        List<DeviceLine> fellSilent = new ArrayList<>();
        for (DeviceLine device : healthyFirst()) {
            List<Register> registers = device.device().registers();
            if (wholeBus != null) {
                device.unreached(wholeBus);
                missing(readings, registers, wholeBus);
            } else if (device.isSuspect() && !device.isDue(boundary)) {
                missing(readings, registers, device.notAsked());
            } else if (System.nanoTime() - deadlineNanos >= 0) {
                late(device, boundary);
                missing(readings, registers, NO_TIME_LEFT);
            } else {
                boolean spoke = !device.isSuspect();
                wholeBus = poll(device, boundary, deadlineNanos, readings);
                if (spoke && device.isSuspect() && device.device().retries() > 0) {
                    fellSilent.add(device);
                }
            }
        }
        if (wholeBus == null) {
            secondChance(fellSilent, boundary, deadlineNanos, readings);
        }
        noteConnection(wholeBus);
        return inPlanOrder(readings);
    }

    private void late(DeviceLine device, Instant boundary) {
        log.warn(
                LogCode.POLL_LATE,
                "bus=" + bus.id() + " device=" + device.device().id() + " boundary=" + boundary);
    }

    /** Devices that were silent for the first time are asked again, after all the others have had their turn. */
    private void secondChance(
            List<DeviceLine> fellSilent, Instant boundary, long deadlineNanos, Map<String, Reading> readings) {
        for (DeviceLine device : fellSilent) {
            for (int retry = 0; retry < device.device().retries() && device.isSuspect(); retry++) {
                if (System.nanoTime() - deadlineNanos < 0 && poll(device, boundary, deadlineNanos, readings) != null) {
                    return;
                }
            }
        }
    }

    private List<DeviceLine> healthyFirst() {
        List<DeviceLine> order =
                new ArrayList<>(devices.stream().filter(d -> !d.isSuspect()).toList());
        order.addAll(devices.stream().filter(DeviceLine::isSuspect).toList());
        return order;
    }

    /** @return the reason if the whole bus turned out to be out of reach, else null */
    private @Nullable NoAnswer poll(
            DeviceLine device, Instant boundary, long deadlineNanos, Map<String, Reading> readings) {
        Deque<ReadSpan> todo = new ArrayDeque<>(device.spans(boundary));
        line.patience(device.device().requestTimeout().orElse(plan.requestTimeout()));
        int retries = device.device().retries();
        while (!todo.isEmpty()) {
            ReadSpan span = todo.removeFirst();
            if (System.nanoTime() - deadlineNanos >= 0) {
                // A device with many requests that answers each just in time must not run into the next cycle.
                late(device, boundary);
                missing(readings, span.registers(), NO_TIME_LEFT);
                todo.forEach(rest -> missing(readings, rest.registers(), NO_TIME_LEFT));
                return null;
            }
            Answer answer = line.read(device.device().unit(), span.area(), span.start(), span.quantity());
            if (answer instanceof Answer.Words words) {
                device.spoke(span);
                measured(readings, span, words.values(), boundary);
                continue;
            }
            NoAnswer failure = (NoAnswer) answer;
            missing(readings, span.registers(), failure);
            if (failure.cause() == GapCause.CRC_ERROR && retries-- > 0) {
                device.failed(span, failure);
                todo.addFirst(span);
                continue;
            }
            if (failure.wholeBus()) {
                device.unreached(failure);
                todo.forEach(rest -> missing(readings, rest.registers(), failure));
                return failure;
            }
            if (isSilence(failure)) {
                device.wasSilent(boundary, span, failure);
                todo.forEach(rest -> missing(readings, rest.registers(), failure));
                return null;
            }
            device.failed(span, failure);
            boolean apart = failure.cause() == GapCause.ILLEGAL_ADDRESS
                    && span.registers().size() > 1
                    && (!device.isWhollyRefused(span) || QuarterHour.is(boundary));
            if (apart) {
                takeApart(device, span, boundary, readings);
            }
        }
        return null;
    }

    /** Finds out which addresses of a refused request are at fault, so that the others are read in this very poll. */
    private void takeApart(DeviceLine device, ReadSpan refused, Instant boundary, Map<String, Reading> readings) {
        Deque<ReadSpan> todo = new ArrayDeque<>(refused.halves());
        List<ReadSpan> parts = new ArrayList<>();
        boolean anyGood = false;
        while (!todo.isEmpty()) {
            ReadSpan part = todo.removeFirst();
            Answer answer = line.read(device.device().unit(), part.area(), part.start(), part.quantity());
            if (answer instanceof Answer.Words words) {
                device.spoke(part);
                measured(readings, part, words.values(), boundary);
                parts.add(part);
                anyGood = true;
                continue;
            }
            NoAnswer failure = (NoAnswer) answer;
            if (isSilence(failure)) {
                device.wasSilent(boundary, part, failure);
                return;
            }
            if (failure.cause() == GapCause.ILLEGAL_ADDRESS && part.registers().size() > 1) {
                List<ReadSpan> halves = part.halves();
                for (int i = halves.size() - 1; i >= 0; i--) {
                    todo.addFirst(halves.get(i));
                }
            } else {
                missing(readings, part.registers(), failure);
                parts.add(part);
            }
        }
        if (anyGood) {
            device.learn(boundary, refused, parts);
        } else {
            device.refusedWholly(refused);
        }
    }

    private static boolean isSilence(NoAnswer failure) {
        return failure.cause() == GapCause.REQUEST_TIMEOUT || failure.cause() == GapCause.CONNECTION_REFUSED;
    }

    private void measured(Map<String, Reading> readings, ReadSpan span, int[] values, Instant boundary) {
        long atMs = Stamper.sourceTimeMs(boundary, clock.instant(), plan.stampTolerance());
        for (Register register : span.registers()) {
            Decoded decoded = register.decode(values, span.start());
            if (decoded instanceof Decoded.Absent absent) {
                noteAbsent(register, absent);
                readings.put(
                        register.channel(), new Reading.Missing(register.channel(), absent.cause(), absent.detail()));
            } else if (decoded instanceof Decoded.Count counted) {
                readings.put(register.channel(), new Reading.Measured(register.channel(), atMs, counted.count()));
            }
        }
    }

    private void noteAbsent(Register register, Decoded.Absent absent) {
        if (notImplementedLogged.put(register.channel(), true) == null) {
            log.warn(
                    LogCode.NOT_IMPLEMENTED,
                    "channel=" + register.channel() + " detail=" + Journal.quoted(absent.detail())
                            + " next=check_type_and_model");
        }
    }

    private void noteConnection(@Nullable NoAnswer wholeBus) {
        if (wholeBus == null) {
            refusedConnections = 0;
            return;
        }
        refusedConnections++;
        if (Integer.bitCount(refusedConnections) == 1) {
            log.error(
                    LogCode.CONNECTION_REFUSED,
                    "endpoint=" + bus.endpoint() + " bus=" + bus.id() + " attempt=" + refusedConnections
                            + " cause=CONNECTION_REFUSED device=" + deviceIds() + " register=all detail="
                            + Journal.quoted(wholeBus.detail()) + " next=check_power_network_and_port");
        }
    }

    /** The first few, with how many more there are. */
    private String deviceIds() {
        String first = devices.stream()
                .limit(NAMED_DEVICES)
                .map(line -> line.device().id())
                .collect(Collectors.joining(","));
        return devices.size() <= NAMED_DEVICES ? first : first + ",+" + (devices.size() - NAMED_DEVICES);
    }

    private static void missing(Map<String, Reading> readings, List<Register> registers, NoAnswer why) {
        for (Register register : registers) {
            readings.put(register.channel(), new Reading.Missing(register.channel(), why.cause(), why.detail()));
        }
    }

    private List<Reading> inPlanOrder(Map<String, Reading> readings) {
        List<Reading> ordered = new ArrayList<>();
        for (DeviceLine device : devices) {
            for (Register register : device.device().registers()) {
                Reading reading = readings.get(register.channel());
                if (reading == null) {
                    throw new IllegalStateException(
                            "no result for " + register.channel() + " in a poll of " + bus.id());
                }
                ordered.add(reading);
            }
        }
        return ordered;
    }

    List<DeviceHealth> health() {
        return devices.stream().map(DeviceLine::health).toList();
    }

    @Override
    public void close() {
        line.close();
    }
}
