package energy.audit.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.forward.Forwarder;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.poll.PollTimes;
import energy.audit.agent.time.ClockTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/** {@code status.json}: what the agent is doing, for people and for the program that started it. Replaced as a whole. */
final class StatusFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * How far an import is.
     *
     * @param doneDays days whose batches are receipted
     */
    record Backfill(int doneDays, int totalDays) {}

    /**
     * Who it is.
     *
     * @param cloned another agent has its key: nothing is sent or given up any more
     * @param keyChangeAnnounced false while the backend has yet to hear of the newest key
     */
    record Identity(boolean cloned, boolean keyChangeAnnounced, Optional<Instant> certificateNotAfter) {}

    /**
     * What it knows about time.
     *
     * @param heldPolls polls that wait until the clock is synchronised
     */
    record Time(ClockTrust clock, int steps, int heldPolls) {}

    /** What is shown. */
    record State(
            Instant at,
            long sequence,
            int keptBatches,
            long keptBytes,
            Forwarder.Counts counts,
            long logSize,
            Backfill backfill,
            PollTimes.Summary poll,
            Time time,
            Identity identity) {}

    private final Path file;
    private final AgentSettings settings;

    StatusFile(Path file, AgentSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    private static void put(ObjectNode node, PollTimes.Spread spread) {
        node.put("median", spread.median()).put("p99", spread.p99()).put("max", spread.max());
    }

    void write(State state) throws IOException {
        ObjectNode json = JSON.createObjectNode()
                .put("agent", settings.agent())
                .put("tenant", settings.tenant())
                .put("site", settings.site())
                .put("at", state.at().toString())
                .put("sequence", state.sequence())
                .put("keptBatches", state.keptBatches())
                .put("keptBytes", state.keptBytes())
                .put("connected", state.counts().connected())
                .put("publishes", state.counts().publishes())
                .put("receipts", state.counts().receipts())
                .put("quarantined", state.counts().quarantined())
                .put(
                        "lastReceiptAt",
                        state.counts().lastReceiptAt().map(Instant::toString).orElse(null))
                .put("logSize", state.logSize())
                .put("cloned", state.identity().cloned());
        json.putObject("identity")
                .put("alarm", state.identity().cloned() ? LogCode.AGENT_CLONED.name() : null)
                .put("keyChangeAnnounced", state.identity().keyChangeAnnounced())
                .put(
                        "certificateNotAfter",
                        state.identity()
                                .certificateNotAfter()
                                .map(Instant::toString)
                                .orElse(null));
        json.putObject("backfill")
                .put("done", state.backfill().doneDays())
                .put("total", state.backfill().totalDays());
        PollTimes.Summary poll = state.poll();
        ObjectNode times = json.putObject("poll").put("cycles", poll.cycles()).put("overruns", poll.overruns());
        put(times.putObject("jitterMs"), poll.jitterMs());
        put(times.putObject("cycleMs"), poll.cycleMs());
        ClockTrust clock = state.time().clock();
        json.putObject("clock")
                .put("synchronised", clock.synchronised())
                .put("errorBoundMs", clock.errorBoundMs() == 0 ? null : clock.errorBoundMs())
                .put("sinceSyncMs", clock.sinceSyncMs() == 0 && !clock.synchronised() ? null : clock.sinceSyncMs())
                .put("source", clock.source())
                .put("steps", state.time().steps())
                .put("heldPolls", state.time().heldPolls());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
