package energy.audit.agent.poll;

import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Bus.SerialLine;
import energy.audit.agent.config.Bus.Transport;
import energy.audit.agent.config.PollPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Single changes of a configuration after each of which a bus would fit, tried out and not guessed. */
final class Changes {
    private static final int QUARTER_HOUR_SECONDS = 900;
    private static final int[] BAUDS = {2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200};
    private static final int MOST_CONNECTIONS = 16;

    private Changes() {}

    static String of(PollPlan plan, Bus bus) {
        List<String> found = new ArrayList<>();
        IntStream.rangeClosed(1, QUARTER_HOUR_SECONDS)
                .filter(seconds -> QUARTER_HOUR_SECONDS % seconds == 0)
                .mapToObj(Duration::ofSeconds)
                .filter(interval -> interval.compareTo(plan.interval()) > 0)
                .filter(interval -> BusTime.meets(every(plan, interval), bus))
                .findFirst()
                .ifPresent(interval -> found.add("set polling-interval to " + interval.toSeconds() + "s"));
        if (bus.transport() != Transport.TCP) {
            IntStream.of(BAUDS)
                    .filter(baud -> baud > bus.line().baud())
                    .filter(baud -> BusTime.meets(plan, atBaud(bus, baud)))
                    .findFirst()
                    .ifPresent(baud -> found.add("set baud to " + baud + " on the line and in its devices"));
        } else {
            IntStream.rangeClosed(bus.connections() + 1, MOST_CONNECTIONS)
                    .filter(connections -> BusTime.meets(plan, over(bus, connections)))
                    .findFirst()
                    .ifPresent(connections ->
                            found.add("set connections to " + connections + " if the gateway takes them"));
        }
        found.add("spread the devices over more buses");
        String text = String.join(", or ", found);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** The shortest allowed interval that is at least so long. */
    static String interval(Duration atLeast) {
        return IntStream.rangeClosed(1, QUARTER_HOUR_SECONDS)
                .filter(seconds -> QUARTER_HOUR_SECONDS % seconds == 0)
                .filter(seconds -> Duration.ofSeconds(seconds).compareTo(atLeast) >= 0)
                .mapToObj(seconds -> seconds + "s or more")
                .findFirst()
                .orElse("15m, which is still too short");
    }

    private static PollPlan every(PollPlan plan, Duration interval) {
        return new PollPlan(
                plan.tenant(),
                plan.site(),
                interval,
                plan.requestTimeout(),
                plan.stampTolerance(),
                plan.buses(),
                plan.gateways());
    }

    private static Bus atBaud(Bus bus, int baud) {
        SerialLine line = bus.line();
        return new Bus(
                bus.id(),
                bus.transport(),
                bus.host(),
                bus.port(),
                new SerialLine(line.device(), baud, line.dataBits(), line.parity(), line.stopBits()),
                bus.maxHole(),
                bus.devices(),
                bus.connections());
    }

    private static Bus over(Bus bus, int connections) {
        return new Bus(
                bus.id(),
                bus.transport(),
                bus.host(),
                bus.port(),
                bus.line(),
                bus.maxHole(),
                bus.devices(),
                connections);
    }
}
