package energy.audit.agent.poll;

import energy.audit.agent.config.PollPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * How long one cycle of a whole plan takes: its connections are polled side by side, as many at a time as there are
 * workers.
 *
 * @param cycle from the boundary until the last device has answered
 * @param shortfalls of all buses, and of the workers
 */
public record PlanTime(List<BusTime> buses, int workers, Duration cycle, List<Shortfall> shortfalls) {
    public PlanTime {
        buses = List.copyOf(buses);
        shortfalls = List.copyOf(shortfalls);
    }

    /** @param workers {@code workers} of {@code audit-engine.conf} */
    public static PlanTime of(PollPlan plan, int workers) {
        List<BusTime> buses =
                plan.buses().stream().map(bus -> BusTime.of(plan, bus)).toList();
        List<Duration> lanes = plan.buses().stream()
                .flatMap(bus -> PollCycle.lanes(bus).stream())
                .map(BusTime::answered)
                .toList();
        Duration cycle = inTurn(lanes, workers);
        List<Shortfall> shortfalls = new ArrayList<>();
        buses.forEach(bus -> shortfalls.addAll(bus.shortfalls()));
        Duration available = PollCycle.budget(plan);
        if (shortfalls.isEmpty() && cycle.compareTo(available) > 0) {
            shortfalls.add(new Shortfall(
                    "",
                    "one cycle of " + lanes.size() + " connections by " + workers + " workers",
                    cycle,
                    available,
                    "Set workers in audit-engine.conf to "
                            + IntStream.rangeClosed(workers, Math.max(workers, lanes.size()))
                                    .filter(more -> inTurn(lanes, more).compareTo(available) <= 0)
                                    .findFirst()
                                    .orElse(lanes.size())
                            + ", or poll less often"));
        }
        return new PlanTime(buses, workers, cycle, shortfalls);
    }

    /** True if the plan can be met. */
    public boolean fits() {
        return shortfalls.isEmpty();
    }

    /** Each worker takes the next connection of the list when it is done with one. */
    private static Duration inTurn(List<Duration> lanes, int workers) {
        PriorityQueue<Duration> freeAt = new PriorityQueue<>();
        Duration end = Duration.ZERO;
        for (Duration lane : lanes) {
            Duration from = freeAt.size() < workers ? Duration.ZERO : freeAt.remove();
            Duration until = from.plus(lane);
            freeAt.add(until);
            end = until.compareTo(end) > 0 ? until : end;
        }
        return end;
    }
}
