package energy.audit.agent.poll;

import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Device;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.journal.Journal;
import energy.audit.evidence.wire.DeviceHealth;
import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Step 1, Poll: asks every device of every bus once, buses side by side, devices of a bus one after the other. */
public final class PollCycle implements Closeable {

    /**
     * What one poll brought.
     *
     * @param boundary the wall-clock multiple of the interval that it was made for
     * @param readings one for each channel, in the order of {@code modbus.yaml}
     */
    public record Result(Instant boundary, List<Reading> readings) {
        public Result {
            readings = List.copyOf(readings);
        }
    }

    private final Duration budget;
    private final List<BusPoll> buses;
    private final ExecutorService workers;
    private final List<String> channels;

    /** @param workerThreads buses polled at the same time, at least 1 */
    public PollCycle(PollPlan plan, int workerThreads, Clock clock, Journal.Log log) {
        this.budget = budget(plan);
        this.channels = plan.channels();
        this.buses = plan.buses().stream()
                .flatMap(bus -> lanes(bus).stream())
                .map(bus -> new BusPoll(bus, plan, clock, log))
                .toList();
        this.workers = Executors.newFixedThreadPool(Math.max(1, Math.min(workerThreads, buses.size())), work -> {
            Thread thread = new Thread(work, "poll");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * How long after its boundary a cycle begins requests: what is left of the interval is for the answers to the last of
     * them, so that the next boundary is met.
     */
    static Duration budget(PollPlan plan) {
        Duration reserve = plan.longestTimeout().multipliedBy(2);
        Duration half = plan.interval().dividedBy(2);
        return reserve.compareTo(half) < 0 ? plan.interval().minus(reserve) : half;
    }

    /** A TCP gateway that takes several connections, as that many buses with a share of its devices each. */
    static List<Bus> lanes(Bus bus) {
        int lanes = Math.min(bus.connections(), bus.devices().size());
        List<List<Device>> shares = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < bus.devices().size(); i++) {
            shares.get(i % lanes).add(bus.devices().get(i));
        }
        return shares.stream()
                .map(share ->
                        new Bus(bus.id(), bus.transport(), bus.host(), bus.port(), bus.line(), bus.maxHole(), share, 1))
                .toList();
    }

    /**
     * Polls now. Returns within the interval, whatever the devices do.
     *
     * @throws InterruptedException if the agent is being stopped
     */
    public Result run(Instant boundary) throws InterruptedException {
        long deadline = System.nanoTime() + budget.toNanos();
        List<Callable<List<Reading>>> polls = new ArrayList<>();
        for (BusPoll bus : buses) {
            polls.add(() -> bus.poll(boundary, deadline));
        }
        List<Reading> readings = new ArrayList<>();
        for (Future<List<Reading>> poll : workers.invokeAll(polls)) {
            try {
                readings.addAll(poll.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a poll at " + boundary + " failed in the agent itself", e.getCause());
            }
        }
        Map<String, Reading> byChannel = new HashMap<>();
        readings.forEach(reading -> byChannel.put(reading.channel(), reading));
        return new Result(
                boundary,
                channels.stream().map(byChannel::get).filter(Objects::nonNull).toList());
    }

    /** Reads and failures of each device since the agent's start. */
    public List<DeviceHealth> health() {
        return buses.stream().flatMap(bus -> bus.health().stream()).toList();
    }

    @Override
    public void close() {
        workers.shutdownNow();
        buses.forEach(BusPoll::close);
    }
}
