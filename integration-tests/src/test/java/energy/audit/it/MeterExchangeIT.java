package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A meter exchange over REST in the running stack. The new meter goes on at the count of the old one, as some are set,
 * so that what other tests expect of the plant stays true.
 */
class MeterExchangeIT {
    private static final String TENANT = "demo-castings";
    private static final String SITE = "cold-store";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeAll
    static void stackIsUp() {
        RunningStack.ensureReady();
    }

    @Test
    void anExchangeIsEnteredOnceDoubtedWhenImplausibleAndLeavesTheOldReportAsItWas() throws Exception {
        LocalDate day = LocalDate.now(Clock.system(ZONE)).minusDays(3);
        Instant at = day.atTime(LocalTime.NOON).atZone(ZONE).toInstant();
        JsonNode meter = subMeter();
        long known = logSize();
        byte[] before = figures(export(day, "--as-known-at", Long.toString(known)));

        ObjectNode exchange = exchange(meter, at, 0);
        String key = UUID.randomUUID().toString();
        HttpResponse<String> entered = post("/meter-exchanges", exchange, key);
        assertThat(entered.statusCode()).as(entered.body()).isEqualTo(200);
        assertThat(post("/meter-exchanges", exchange, key).body())
                .as("the same request again")
                .isEqualTo(entered.body());
        long index = RunningStack.JSON.readTree(entered.body()).path("logIndex").asLong();
        assertThat(index).isGreaterThanOrEqualTo(known);

        HttpResponse<String> other =
                post("/meter-exchanges", exchange.deepCopy().put("reason", "another"), key);
        assertThat(other.statusCode()).isEqualTo(409);
        assertProblem(other, "IDEMPOTENCY_KEY_USED", "header Idempotency-Key");
        HttpResponse<String> implausible = post(
                "/meter-exchanges",
                exchange(meter, at, 1_000_000_000L),
                UUID.randomUUID().toString());
        assertThat(implausible.statusCode()).isEqualTo(400);
        assertProblem(implausible, "IMPLAUSIBLE_COUNT", "field registers[0].oldFinalCount");
        HttpResponse<String> nameless =
                post("/meter-exchanges", exchange.deepCopy().put("technician", ""), "");
        assertProblem(nameless, "BAD_EXCHANGE", "field technician");

        JsonNode check = RunningStack.JSON.readTree(
                post("/meter-exchanges/check", exchange, "").body());
        assertThat(check.path("registers").get(0).path("doubts")).isEmpty();
        assertThat(check.path("registers").get(0).path("lastOld").path("at").asText())
                .isLessThan(at.toString());
        JsonNode listed = RunningStack.getJson("/tenants/" + TENANT + "/meter-exchanges?site=" + SITE)
                .path("items");
        assertThat(listed)
                .anyMatch(each -> each.path("logIndex").asLong() == index
                        && each.path("inForce").asBoolean());

        assertThat(figures(export(day, "--as-known-at", Long.toString(known)))).isEqualTo(before);
        Path now = export(day, "--compare-with", Long.toString(known));
        assertThat(new String(figures(now), StandardCharsets.UTF_8))
                .contains("exchange at " + at + ": old meter ended at");
        assertThat(RunningStack.verifier(now.toString()).exit()).isZero();
    }

    /** A meter below another one, so that no sum of the site rests on it. */
    private static JsonNode subMeter() {
        for (JsonNode meter : RunningStack.getJson("/tenants/" + TENANT + "/meters?site=" + SITE)
                .path("items")) {
            if (!meter.path("parent").asText("").isEmpty()
                    && meter.path("energySource").asText().equals("electricity")) {
                return meter;
            }
        }
        throw new AssertionError("site " + SITE + " has no sub-meter");
    }

    private static ObjectNode exchange(JsonNode meter, Instant at, long more) {
        ObjectNode exchange = RunningStack.JSON
                .createObjectNode()
                .put("site", SITE)
                .put("meter", meter.path("id").asText())
                .put("at", at.toString())
                .put("oldSerial", meter.path("serial").asText())
                .put("newSerial", "NEW-1")
                .put("technician", "T. Nolan")
                .put("reason", "calibration period over");
        ArrayNode registers = exchange.putArray("registers");
        for (JsonNode channel : meter.path("channels")) {
            if (channel.path("counter").asBoolean()) {
                String id = channel.path("id").asText();
                long count = countAt(id, at);
                registers
                        .addObject()
                        .put("channel", id)
                        .put("oldFinalCount", count + more)
                        .put("newInitialCount", count);
            }
        }
        return exchange;
    }

    private static long countAt(String channel, Instant at) {
        JsonNode items = RunningStack.getJson("/tenants/" + TENANT + "/readings?channel=" + channel + "&from=" + at
                        + "&to=" + at.plusSeconds(1))
                .path("items");
        assertThat(items).as("readings of %s at %s", channel, at).hasSize(1);
        return items.get(0).path("count").asLong();
    }

    private static long logSize() {
        HttpResponse<String> checkpoint =
                RunningStack.send(HttpRequest.newBuilder(RunningStack.api("/tenants/" + TENANT + "/log/checkpoint"))
                        .header("Authorization", "Bearer " + RunningStack.administratorToken())
                        .build());
        assertThat(checkpoint.statusCode()).as(checkpoint.body()).isEqualTo(200);
        return Long.parseLong(checkpoint.body().lines().skip(1).findFirst().orElseThrow());
    }

    private Path export(LocalDate day, String option, String value) {
        Path file = folder.resolve(UUID.randomUUID() + ".zip");
        RunningStack.Outcome export = RunningStack.cli(
                "compliance-export",
                "--tenant",
                TENANT,
                "--site",
                SITE,
                "--from",
                day.toString(),
                "--to",
                day.toString(),
                "--format",
                "csv",
                option,
                value,
                "--out",
                file.toString());
        assertThat(export.exit()).as(export.err()).isZero();
        assertThat(Files.exists(file)).isTrue();
        return file;
    }

    private static byte[] figures(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream in = zip.getInputStream(zip.getEntry("figures.csv"))) {
            return in.readAllBytes();
        }
    }

    private static HttpResponse<String> post(String path, JsonNode body, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(RunningStack.api("/tenants/" + TENANT + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + RunningStack.administratorToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return RunningStack.send(request.build());
    }

    private static void assertProblem(HttpResponse<String> answer, String code, String words) throws IOException {
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = RunningStack.JSON.readTree(answer.body());
        assertThat(problem.path("code").asText()).as(answer.body()).isEqualTo(code);
        assertThat(problem.path("detail").asText()).contains(words);
    }
}
