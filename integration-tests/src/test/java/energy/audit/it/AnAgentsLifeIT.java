package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.it.RunningStack.Outcome;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the invitation to the revocation, with the programs that people use. */
class AnAgentsLifeIT {
    private static final String NAME = "foundry-north-roof";

    @TempDir
    Path folder;

    @BeforeAll
    static void stackIsUp() {
        RunningStack.ensureReady();
    }

    @Test
    void anAgentIsInvitedEnrolsItselfChangesItsKeyAndIsPutOut() throws Exception {
        Outcome invited = RunningStack.cli(
                "enrol-agent", "--tenant", "demo-castings", "--site", "foundry-north", "--name", NAME, "--json");
        assertThat(invited.exit()).as(invited.err()).isZero();
        JsonNode invitation = RunningStack.JSON.readTree(invited.out());
        Path agent = folder.resolve("agent");
        modbus(agent, "1s");

        Outcome enrolled = enrol(agent, invitation);
        assertThat(enrolled.exit()).as(enrolled.err()).isZero();
        assertThat(Files.getPosixFilePermissions(agent.resolve("agent.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Outcome again = enrol(folder.resolve("thief"), invitation);
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("TOKEN_USED");
        assertThat(folder.resolve("thief")).isEmptyDirectory();

        Process running = started(agent);
        try {
            awaitStatus(agent, "receipts", 2);
            Outcome rotated = program("rotate-key", "--config", agent.toString());
            assertThat(rotated.exit()).as(rotated.err()).isZero();
            long sequence = status(agent).path("sequence").asLong();
            awaitStatus(agent, "sequence", sequence + 3);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> status(agent).path("keptBatches").asLong() <= 1);
            assertThat(status(agent).path("quarantined").asLong()).isZero();
        } finally {
            end(running);
        }
        assertThat(keysOfTheLog())
                .isEqualTo(Files.readString(agent.resolve("agent.pub")).strip());

        modbus(agent, "15m"); // connected, and nothing to send
        Process quiet = started(agent);
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> status(agent).path("connected").asBoolean());
            Outcome revoked = RunningStack.cli(
                    "revoke-agent", "--tenant", "demo-castings", "--name", NAME, "--reason", "taken off the roof");
            assertThat(revoked.exit()).as(revoked.err()).isZero();
            Path log = agent.resolve("logs/service.log");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !status(agent).path("connected").asBoolean()
                            && Files.readString(log).contains("MQTT_DISCONNECTED"));
            Awaitility.await("it tries again, and is not let in")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(log).contains("attempt=2"));
            assertThat(status(agent).path("connected").asBoolean()).isFalse();
        } finally {
            end(quiet);
        }
    }

    @Test
    void aStrangerLearnsNothingAtTheEnrolmentDoor() {
        List<String> answers = new ArrayList<>();
        for (String tenant : List.of("demo-castings", "no-such-tenant")) {
            var answer = RunningStack.send(HttpRequest.newBuilder(RunningStack.api("/enrolment/certificates"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"tenant\":\"" + tenant
                            + "\",\"agent\":\"foundry-north-agent\",\"request\":\"x\",\"atMs\":1,\"proof\":\"AA==\"}"))
                    .build());
            assertThat(answer.statusCode()).isEqualTo(403);
            answers.add(answer.body());
        }
        assertThat(answers.get(0)).isEqualTo(answers.get(1)).contains("ENROLMENT_REFUSED");
    }

    private static String keysOfTheLog() {
        for (JsonNode agent :
                RunningStack.getJson("/tenants/demo-castings/agents").path("items")) {
            if (agent.path("agent").asText().equals(NAME)) {
                return agent.path("publicKey").asText();
            }
        }
        return "(no such agent)";
    }

    private static Outcome enrol(Path directory, JsonNode invitation) {
        return program(
                "enrol",
                "--url",
                invitation.path("url").asText(),
                "--token",
                invitation.path("token").asText(),
                "--ca",
                RunningStack.DATA.resolve("keys/tls.crt").toString(),
                "--config",
                directory.toString());
    }

    /** A meter that nobody answers for is enough: that it is silent is signed and sent all the same. */
    private static void modbus(Path directory, String interval) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("modbus.yaml");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, """
                version: 1
                tenant: demo-castings
                site: foundry-north
                polling-interval: %s
                request-timeout: 100ms
                buses:
                  - id: roof
                    transport: tcp
                    host: 127.0.0.1
                    port: 9
                    devices:
                      - id: roof
                        unit: 1
                        registers:
                          - {channel: foundry-north.roof.active-energy-import, address: 0, type: uint32}
                """.formatted(interval));
        Files.writeString(directory.resolve("device_mapping.json"), "{\"version\":1,\"mappings\":[]}");
    }

    private static Outcome program(String... arguments) {
        return RunningStack.run(Duration.ofMinutes(2), line(arguments));
    }

    private static List<String> line(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                RunningStack.TOP.resolve("edge-agent/target/edge-agent.jar").toString()));
        line.addAll(List.of(arguments));
        return line;
    }

    private Process started(Path directory) throws IOException {
        return new ProcessBuilder(line("--config", directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.out").toFile())
                .start();
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the agent ends").isTrue();
    }

    private static void awaitStatus(Path directory, String field, long atLeast) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> status(directory).path(field).asLong() >= atLeast);
    }

    private static JsonNode status(Path directory) throws IOException {
        Path file = directory.resolve("status.json");
        return Files.exists(file) ? RunningStack.JSON.readTree(file.toFile()) : RunningStack.JSON.createObjectNode();
    }
}
