package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a plant would fear: the agent is killed at a random moment. */
class KilledPartsIT {
    private static final String CHANNEL = "cold-store.main.active-energy-import";

    @BeforeAll
    static void stackIsUp() {
        RunningStack.ensureReady();
    }

    @Test
    void anAgentThatIsKilledLosesNothingAndCountsNothingTwice() {
        Instant before = Instant.now(java.time.Clock.systemUTC());
        long pid = agent().path("pid").asLong();
        assertThat(pid).isPositive();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Awaitility.await("the supervisor has started the agent again")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> agent().path("pid").asLong() != pid
                        && agent().path("pid").asLong() > 0);
        Awaitility.await("readings arrive again")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> instants(Instant.now(java.time.Clock.systemUTC()).minusSeconds(30))
                                .size()
                        >= 1);
        List<Instant> stored = instants(before.minusSeconds(60));
        assertThat(stored).doesNotHaveDuplicates().isSorted();
        Awaitility.await("identity")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    JsonNode ingest = RunningStack.getJson("/tenants/demo-castings/ingest");
                    assertThat(ingest.path("sent").asLong())
                            .isEqualTo(ingest.path("stored").asLong()
                                    + ingest.path("duplicate").asLong()
                                    + ingest.path("quarantined").asLong());
                });
    }

    private static JsonNode agent() {
        for (JsonNode part : RunningStack.status().path("parts")) {
            if (part.path("name").asText().contains("cold-store-agent")) {
                return part;
            }
        }
        throw new AssertionError("status names no part cold-store-agent: " + RunningStack.status());
    }

    private static List<Instant> instants(Instant from) {
        JsonNode answer = RunningStack.getJson("/tenants/demo-castings/readings?channel=" + CHANNEL + "&from=" + from
                + "&to=" + Instant.now(java.time.Clock.systemUTC()).plusSeconds(60));
        List<Instant> instants = new ArrayList<>();
        (answer.isArray() ? answer : answer.path("items"))
                .forEach(
                        reading -> instants.add(Instant.parse(reading.path("at").asText())));
        return instants;
    }
}
