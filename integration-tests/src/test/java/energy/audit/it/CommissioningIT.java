package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a technician compares at a meter goes with the running agent's next batch to the log, REST and the portal. */
class CommissioningIT {
    private static final String AGENT = "foundry-north-agent";

    @BeforeAll
    static void stackIsUp() {
        RunningStack.ensureReady();
    }

    @Test
    void aProbeAtTheMeterIsSeenInThePortalWithItsEntryOfTheLog() throws Exception {
        RunningStack.Outcome differs = probe("--address", "0", "--shows", "0.31");
        assertThat(differs.exit()).isEqualTo(1);

        Awaitility.await("the next batch carries it")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> !records("0.31").isEmpty());
        JsonNode newest = records("0.31").get(0);
        assertThat(said(newest).path("by").asText()).isEqualTo("T. Nolan");
        assertThat(newest.path("signatureFits").asBoolean()).isTrue();

        try (PortalBrowser browser = PortalBrowser.open()) {
            Page page = browser.signIn("otto");
            page.navigate(PortalBrowser.portal() + "/t/demo-castings/foundry-north/agents");
            page.waitForSelector("[id='commissioned']:has-text('T. Nolan')");
            assertThat(page.locator("[id='commissioned']").innerText()).contains("0.31");
            assertThat(page.locator("[id='mappings']").innerText()).contains(AGENT);
            PortalBrowser.shootAll(page, "agents-commissioning");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Those of probes beside a display that showed this. */
    private static List<JsonNode> records(String shows) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (JsonNode record : RunningStack.getJson("/tenants/demo-castings/agents/" + AGENT + "/commissioning")
                .path("items")) {
            if (said(record).path("shows").asText().equals(shows)) {
                records.add(record);
            }
        }
        return records;
    }

    private static JsonNode said(JsonNode record) throws IOException {
        return RunningStack.JSON.readTree(
                Base64.getDecoder().decode(record.path("record").asText()));
    }

    private static RunningStack.Outcome probe(String... more) throws IOException {
        Path folder = RunningStack.DATA.resolve("agents").resolve(AGENT);
        Matcher port = Pattern.compile("port: (\\d+)").matcher(Files.readString(folder.resolve("modbus.yaml")));
        assertThat(port.find()).isTrue();
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                RunningStack.TOP.resolve("edge-agent/target/edge-agent.jar").toString(),
                "probe",
                "--host",
                "127.0.0.1",
                "--port",
                port.group(1),
                "--unit",
                "1"));
        line.addAll(List.of(more));
        line.addAll(List.of(
                "--config",
                folder.toString(),
                "--by",
                "T. Nolan",
                "--channel",
                "foundry-north.main.active-energy-import"));
        return RunningStack.run(Duration.ofSeconds(60), line);
    }
}
