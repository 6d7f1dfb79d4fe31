package energy.audit.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A live edge agent: polls its site, keeps, signs and forwards. */
final class EdgeAgent extends Part {
    private final Installation installation;
    private final Demo.Agent agent;
    private @Nullable Child child;

    EdgeAgent(Installation installation, Demo.Agent agent) {
        super(agent.name(), "Edge agent " + agent.name(), OptionalInt.empty());
        this.installation = installation;
        this.agent = agent;
    }

    @Override
    public List<String> after() {
        return List.of(Provisioning.NAME);
    }

    @Override
    public void start() throws InterruptedException {
        Layout layout = installation.layout();
        AgentFolder folder = new AgentFolder(installation, agent);
        List<String> command = Child.java(
                "-Xms16m",
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                AgentFolder.jar(layout).toString(),
                "--config",
                folder.path().toString());
        Child started = Child.start(layout, Child.Launch.of(name(), command, folder.path()));
        child = started;
        Readiness.await(title(), started, Duration.ofSeconds(60), () -> started.said("Ready"));
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

    @Override
    public String ready() {
        return title() + " polls and forwards";
    }
}
