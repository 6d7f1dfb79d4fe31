package energy.audit.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The simulated plants behind real Modbus sockets. */
final class Simulator extends Part {
    static final String NAME = "simulator";

    private final Installation installation;
    private final int historyMonths;
    private @Nullable Child child;

    Simulator(Installation installation, int historyMonths) {
        super(NAME, "Plant simulator", OptionalInt.of(installation.ports().modbus()));
        this.installation = installation;
        this.historyMonths = historyMonths;
    }

    @Override
    public void start() throws InterruptedException {
        Layout layout = installation.layout();
        Ports ports = installation.ports();
        List<String> command = Child.java(
                "-Xms32m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                Programs.copy(layout, layout.jar("plant-simulator", "plant-simulator.jar"))
                        .toString(),
                "--data",
                layout.plant().toString(),
                "--port",
                Integer.toString(ports.modbus()),
                "--control-port",
                Integer.toString(ports.simulatorControl()),
                "--history-months",
                Integer.toString(historyMonths),
                "--seed",
                "1");
        Child started = Child.start(layout, Child.Launch.of(NAME, command, layout.plant()));
        child = started;
        Readiness.await(title(), started, Duration.ofSeconds(240), () -> started.said("Ready"));
    }

    @Override
    void stop() {
        if (child != null) {
            child.stop(Duration.ofSeconds(10));
        }
    }

    @Override
    Optional<Child> child() {
        return Optional.ofNullable(child);
    }

    @Override
    boolean restarts() {
        return true;
    }
}
