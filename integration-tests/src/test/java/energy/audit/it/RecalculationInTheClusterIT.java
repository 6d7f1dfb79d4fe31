package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A recalculation through REST and the server's batch. */
class RecalculationInTheClusterIT {
    private static final String PATH = "/tenants/demo-castings/recalculations";

    @BeforeAll
    static void stackIsUp() {
        RunningStack.ensureReady();
    }

    /** Derived piece by piece while history streamed in, and derived in one go: the same figures. */
    @Test
    void derivingTenDaysAnewChangesNoFigure() throws IOException {
        Instant to = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(10, ChronoUnit.DAYS);
        JsonNode asked = post(
                PATH,
                "{\"from\":\"" + to.minus(10, ChronoUnit.DAYS) + "\",\"to\":\"" + to + "\",\"reason\":\"a test\"}");
        assertThat(asked.path("units").asInt()).as(asked.toString()).isGreaterThan(20);
        String one = PATH + "/" + asked.path("number").asInt();
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> !RunningStack.getJson(one).path("state").asText().equals("RUNNING"));
        JsonNode done = RunningStack.getJson(one);
        assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("DONE");
        assertThat(done.path("unitsDone").asInt()).isEqualTo(done.path("units").asInt());
        assertThat(done.path("revisions").asInt()).as(done.toString()).isZero();
        assertThat(RunningStack.send(request(one + "/pause", "")).statusCode()).isEqualTo(409);
    }

    private static JsonNode post(String path, String body) throws IOException {
        HttpResponse<String> answer = RunningStack.send(request(path, body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningStack.JSON.readTree(answer.body());
    }

    private static HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(RunningStack.api(path))
                .header("Authorization", "Bearer " + RunningStack.administratorToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
