package energy.audit.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Imports the memory of a site's predecessor logger, in the background, once. */
final class HistoryLogger extends Part {
    private final Installation installation;
    private final Demo.Agent agent;
    private final Optional<DemoIndicator> indicator;
    private @Nullable Child child;

    HistoryLogger(Installation installation, Demo.Agent agent) {
        this(installation, agent, Optional.empty());
    }

    /** @param indicator what is proposed once the history is there */
    HistoryLogger(Installation installation, Demo.Agent agent, Optional<DemoIndicator> indicator) {
        super(agent.name(), "History import " + agent.site(), OptionalInt.empty());
        this.installation = installation;
        this.agent = agent;
        this.indicator = indicator;
    }

    /**
     * How far it is.
     *
     * @param done days with a receipt; @param total days to send, 0 while unknown
     */
    record Progress(String site, long done, long total, boolean complete) {}

    private Path folder() {
        return new AgentFolder(installation, agent).path();
    }

    private Path completeMark() {
        return folder().resolve("complete");
    }

    boolean complete() {
        return Files.exists(completeMark());
    }

    Progress progress() {
        JsonNode backfill = new AgentStatus(folder()).read().path("backfill");
        return new Progress(
                agent.site(),
                backfill.path("done").asLong(),
                backfill.path("total").asLong(),
                complete());
    }

    @Override
    public List<String> after() {
        return List.of(Provisioning.NAME);
    }

    @Override
    public void start() {
        Layout layout = installation.layout();
        List<String> command = Child.java(
                "-Xms16m",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-jar",
                AgentFolder.jar(layout).toString(),
                "backfill",
                "--config",
                folder().toString(),
                "--readings",
                layout.plant().resolve("history").resolve(agent.site() + ".csv").toString());
        child = Child.start(layout, Child.Launch.of(name(), command, folder()));
    }

    /** Notes that everything was sent and receipted. */
    void noteComplete() {
        try {
            Files.writeString(completeMark(), "");
        } catch (IOException e) {
            throw new StackFailure(title(), "cannot write " + completeMark(), "See: " + e, e);
        }
    }

    /** What can be done now that the history is there; says what was. */
    Optional<String> followUp() {
        try {
            return indicator.map(proposal -> proposal.propose(agent.tenant()));
        } catch (StackFailure e) {
            return Optional.of("No indicator was proposed for " + agent.site() + ": " + e.getMessage());
        }
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

    /** It goes on where it stopped. */
    @Override
    boolean restarts() {
        return true;
    }

    @Override
    public String ready() {
        return title() + " runs in the background";
    }
}
