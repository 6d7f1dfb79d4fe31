package energy.audit.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the supervisor writes into {@code run/state.json}, so that other commands know the stack. */
final class StackState {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How a part is. */
    enum Phase {
        WAITING,
        STARTING,
        RUNNING,
        DONE,
        DIED,
        STOPPED
    }

    private final Path file;
    private final Clock clock;
    private final int portOffset;
    private final String supervisorMark;
    private final Map<String, ObjectNode> parts = new LinkedHashMap<>();
    private boolean ready;

    StackState(Layout layout, int portOffset, Clock clock) {
        this.file = file(layout);
        this.portOffset = portOffset;
        this.clock = clock;
        this.supervisorMark = PidRecord.startMark(ProcessHandle.current().pid());
    }

    private static Path file(Layout layout) {
        return layout.run().resolve("state.json");
    }

    synchronized void part(Part part, Phase phase) {
        Optional<Child> child = part.child();
        ObjectNode node = parts.computeIfAbsent(
                part.name(), name -> JSON.createObjectNode().put("name", name));
        node.put("title", part.title());
        if (part.port().isPresent()) {
            node.put("port", part.port().getAsInt());
        } else {
            node.putNull("port");
        }
        node.put("state", phase.name().toLowerCase(Locale.ROOT));
        if (child.isPresent() && child.get().alive()) {
            node.put("pid", child.get().pid());
        } else {
            node.putNull("pid");
        }
        node.put("since", clock.instant().toString());
        write();
    }

    synchronized void ready(boolean now) {
        ready = now;
        write();
    }

    private void write() {
        ObjectNode document = JSON.createObjectNode();
        document.putObject("supervisor")
                .put("pid", ProcessHandle.current().pid())
                .put("started", supervisorMark);
        document.put("portOffset", portOffset).put("ready", ready);
        ArrayNode list = document.putArray("parts");
        parts.values().forEach(list::add);
        Layout.writePrivate(file, document.toPrettyString() + "\n");
    }

    /** The document of the last supervisor of that data folder. */
    static Optional<JsonNode> read(Layout layout) {
        if (!Files.isRegularFile(file(layout))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(file(layout).toFile()));
        } catch (IOException e) {
            throw new StackFailure(
                    file(layout).toString(), "unreadable (" + e.getMessage() + ")", "Start the stack again", e);
        }
    }

    /** The supervisor that runs on that data folder now. */
    static Optional<ProcessHandle> supervisor(Layout layout) {
        return read(layout).flatMap(document -> {
            JsonNode supervisor = document.path("supervisor");
            long pid = supervisor.path("pid").asLong(-1);
            boolean same = pid > 0
                    && PidRecord.startMark(pid)
                            .equals(supervisor.path("started").asText());
            return same ? ProcessHandle.of(pid).filter(ProcessHandle::isAlive) : Optional.empty();
        });
    }
}
