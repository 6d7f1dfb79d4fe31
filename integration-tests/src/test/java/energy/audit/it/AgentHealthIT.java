package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An agent tells how it and its meters are; frozen, it is missed; awake again, the alarm ends and stays as history. */
class AgentHealthIT {
    private static final String AGENT = "cold-store-agent";
    private static final String PATH = "/tenants/demo-castings/agents/" + AGENT;

    @BeforeAll
    static void stackIsUp() {
        RunningStack.ensureReady();
    }

    @Test
    void anAgentTellsInItsStreamHowItIsAndHowManyRequestsOfEachDeviceFail() {
        Awaitility.await("the agent's health has arrived")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> {
                    JsonNode health = agent().path("health");
                    assertThat(health.path("pollInterval").asText()).isEqualTo("PT10S");
                    assertThat(health.path("silentAfter").asText()).isEqualTo("PT2M");
                    assertThat(health.path("diskFreeBytes").asLong()).isPositive();
                    assertThat(health.path("bufferMaxBytes").asLong()).isPositive();
                    assertThat(health.path("lastContact").asText()).isNotBlank();
                });
        JsonNode device = RunningStack.getJson(PATH + "/devices").path("items").path(0);
        assertThat(device.path("device").asText()).isNotBlank();
        assertThat(device.path("recent").path("reads").asLong()).isPositive();
        JsonNode hours = RunningStack.getJson(
                        PATH + "/devices/" + device.path("device").asText() + "/hours")
                .path("items");
        assertThat(hours).isNotEmpty();
    }

    @Test
    void everyResourceBelowAnAgentIsReached() {
        assertThat(RunningStack.getJson(PATH + "/mappings").path("items")).isNotEmpty();
        assertThat(RunningStack.getJson(PATH + "/commissioning").path("items").isArray())
                .isTrue();
        assertThat(RunningStack.getJson(PATH + "/devices").path("items").isArray())
                .isTrue();
    }

    @Test
    void aFrozenAgentRaisesAnAlarmOnTodayAndAgentsThatEndsWhenItSpeaksAgain() throws Exception {
        expect("{\"silentAfter\":\"PT30S\",\"reason\":\"a test freezes it\"}");
        long pid = pid();
        signal("STOP", pid);
        try {
            Awaitility.await("the alarm stands")
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> newestAlarm()
                            .filter(alarm -> alarm.path("endedAt").isNull())
                            .isPresent());
            assertThat(agent().path("health").path("silent").asBoolean()).isTrue();
            inABrowser("silent", true);
        } finally {
            signal("CONT", pid);
        }
        Awaitility.await("the alarm has ended")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> newestAlarm()
                        .filter(alarm -> alarm.path("endedBy").asText().equals("HEARD"))
                        .isPresent());
        inABrowser("speaking", false);
        expect("{\"reason\":\"the test is over\"}");
        assertThat(agent().path("health").path("silentAfter").asText()).isEqualTo("PT2M");
    }

    private static void inABrowser(String name, boolean silent) {
        try (PortalBrowser browser = PortalBrowser.open()) {
            String portal = PortalBrowser.portal();
            Page page = browser.signIn("emma");
            for (String where : List.of("today", "agents")) {
                page.navigate(portal + "/t/demo-castings/cold-store/" + where);
                page.waitForSelector("h1");
                PortalBrowser.shoot(page, where + "-" + name);
                assertThat(page.locator("#silent .alarm").count())
                        .as(where + ": " + page.locator("main").innerText())
                        .isEqualTo(silent ? 1 : 0);
            }
            assertThat(page.locator("main").innerText())
                    .contains(silent ? "still silent" : "it spoke again")
                    .contains("Devices", "main");
            page.setViewportSize(360, 780);
            PortalBrowser.shoot(page, "agents-narrow-" + name);
        }
    }

    private static Optional<JsonNode> newestAlarm() {
        for (JsonNode alarm :
                RunningStack.getJson("/tenants/demo-castings/alarms").path("items")) {
            if (alarm.path("kind").asText().equals("AGENT_SILENT")
                    && alarm.path("agent").asText().equals(AGENT)) {
                return Optional.of(alarm);
            }
        }
        return Optional.empty();
    }

    private static JsonNode agent() {
        for (JsonNode agent :
                RunningStack.getJson("/tenants/demo-castings/agents").path("items")) {
            if (agent.path("agent").asText().equals(AGENT)) {
                return agent;
            }
        }
        throw new AssertionError("there is no agent " + AGENT);
    }

    private static void expect(String body) {
        var answer = RunningStack.send(HttpRequest.newBuilder(RunningStack.api(PATH + "/expectation"))
                .header("Authorization", "Bearer " + RunningStack.administratorToken())
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204);
    }

    private static long pid() {
        for (JsonNode part : RunningStack.status().path("parts")) {
            if (part.path("name").asText().contains(AGENT)) {
                return part.path("pid").asLong();
            }
        }
        throw new AssertionError("status names no part " + AGENT + ": " + RunningStack.status());
    }

    private static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }
}
