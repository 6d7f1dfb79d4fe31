package energy.audit.agent.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is read, where and how often: the content of {@code modbus.yaml}.
 *
 * @param interval polls happen at wall-clock multiples of it, so that midnight and quarter hours are met
 * @param requestTimeout longest wait for one answer
 * @param stampTolerance a value answered within this time after the boundary is stamped with the boundary itself, a later
 *     one with the instant of its answer
 */
public record PollPlan(
        String tenant,
        String site,
        Duration interval,
        Duration requestTimeout,
        Duration stampTolerance,
        List<Bus> buses,
        List<Gateway> gateways) {
    /** A plan without radio networks. */
    public PollPlan(
            String tenant,
            String site,
            Duration interval,
            Duration requestTimeout,
            Duration stampTolerance,
            List<Bus> buses) {
        this(tenant, site, interval, requestTimeout, stampTolerance, buses, List.of());
    }

    public PollPlan {
        gateways = List.copyOf(gateways);
        buses = List.copyOf(buses);
        long ms = interval.toMillis();
        if (ms < 1000 || Duration.ofMinutes(15).toMillis() % ms != 0) {
            throw new IllegalArgumentException("polling-interval " + interval
                    + " does not divide a quarter hour in whole seconds; use e.g. 5s, 10s, 30s, 1m or 15m");
        }
        if (requestTimeout.isNegative() || requestTimeout.isZero() || requestTimeout.compareTo(interval) >= 0) {
            throw new IllegalArgumentException(
                    "request-timeout " + requestTimeout + " must be positive and shorter than the polling interval");
        }
    }

    /** The longest wait for one answer of any device. */
    public Duration longestTimeout() {
        return buses.stream()
                .flatMap(bus -> bus.devices().stream())
                .map(device -> device.requestTimeout().orElse(requestTimeout))
                .reduce(requestTimeout, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    /** Every channel of the plan, in the order of the file. */
    public List<String> channels() {
        Stream<String> polled = buses.stream()
                .flatMap(bus -> bus.devices().stream())
                .flatMap(device -> device.registers().stream())
                .map(Register::channel);
        return Stream.concat(polled, gateways.stream().flatMap(gateway -> gateway.channels().stream()))
                .toList();
    }
}
