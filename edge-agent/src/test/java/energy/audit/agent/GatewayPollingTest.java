package energy.audit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import energy.audit.agent.backend.TestBroker;
import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.config.ModbusYaml;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.gateway.Gateways;
import energy.audit.agent.poll.PollCycle;
import energy.audit.agent.time.ClockWatch;
import energy.audit.evidence.ChannelCounts;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Gap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uplinks of the three kinds of gateway through a real broker into signed batches on the disk. */
class GatewayPollingTest {
    private static final int BROKER = FreePorts.of("broker");
    private static final Path PAYLOADS = Path.of("../../shared/data/payloads");
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String LORA = "application/app/device/0101010101010101/event/up";
    private static final String TTN = "v3/app1@ttn/devices/dev1/up";
    private static final String PLUG = "zigbee2mqtt/Gniazdko Pralka";
    private static final String CHIRP = """
            {"deduplicationId":"%s","time":"%s","deviceInfo":{"devEui":"0101010101010101"},"object":{"energy_kwh":%s}}""";

    @TempDir
    Path directory;

    private final SetClock clock = new SetClock(START.toString());
    private TestBroker broker;
    private Mqtt3BlockingClient network;
    private AgentHome home;
    private RunningAgent agent;
    private PollCycle poll;
    private Gateways gateways;
    private LivePolling polling;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(directory.resolve("broker"), BROKER);
        network = MqttClient.builder()
                .useMqttVersion3()
                .serverHost("127.0.0.1")
                .serverPort(BROKER)
                .buildBlocking();
        network.connect();
        home = AgentDirectory.write(
                directory.resolve("agent"),
                "foundry-north-agent",
                FreePorts.of("nobody"),
                SigningKey.generate(new SecureRandom()),
                "");
        Files.createFile(
                home.modbusYaml(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(home.modbusYaml(), """
                version: 1
                tenant: demo-castings
                site: foundry-north
                gateways:
                  - id: lora
                    kind: chirpstack-v4
                    host: 127.0.0.1
                    port: PORT
                    sensors:
                      - id: cold-room
                        address: "0101010101010101"
                        values:
                          - {channel: foundry-north.cold-room.active-energy-import, field: energy_kwh, decimals: 3}
                          - {channel: foundry-north.cold-room.active-power, field: power_w, decimals: 1}
                  - id: ttn
                    kind: things-stack-v3
                    host: 127.0.0.1
                    port: PORT
                    sensors:
                      - id: hall
                        address: 0004A30B001C0530
                        values:
                          - {channel: foundry-north.hall.temperature, field: temperature, decimals: 2}
                          - {channel: foundry-north.hall.active-energy-import, field: energy}
                  - id: zigbee
                    kind: zigbee2mqtt
                    host: 127.0.0.1
                    port: PORT
                    sensors:
                      - id: plug
                        address: Gniazdko Pralka
                        values:
                          - {channel: foundry-north.plug.active-energy-import, field: energy, decimals: 2}
                """.replace("PORT", Integer.toString(BROKER)));
        open();
    }

    private void open() throws IOException {
        AgentSettings settings = home.settings();
        PollPlan plan = ModbusYaml.read(home.modbusYaml());
        agent = RunningAgent.open(home, settings, AgentSettings::window, clock, System.err);
        poll = new PollCycle(plan, 1, clock, agent.journal().ingest());
        gateways = new Gateways(
                plan.gateways(), home.directory(), clock, agent.journal().ingest());
        polling = new LivePolling(
                agent,
                plan,
                poll,
                gateways,
                new MappingInForce(home.deviceMapping(), agent.journal().service()),
                new ClockWatch(clock, System::nanoTime, Duration.ofDays(1)));
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> occurrences(ingest(), "GATEWAY_CONNECTED") >= 3);
    }

    @AfterEach
    void stop() throws IOException {
        close();
        network.disconnect();
        broker.close();
    }

    private void close() throws IOException {
        gateways.close();
        poll.close();
        agent.close();
    }

    @Test
    void aCopyOfAnUplinkCountsOnceEvenAfterARestart() throws Exception {
        send(LORA, CHIRP.formatted("a", "2026-03-01T09:58:00.123456789+00:00", "1234.5"));
        send(LORA, CHIRP.formatted("a", "2026-03-01T09:58:00.123456789+00:00", "1234.5"));
        send(LORA, CHIRP.formatted("b", "2026-03-01T09:59:00Z", "1234.75"));
        settled(2, 1);
        assertThat(broker.unacknowledged("-lora"))
                .as("nothing is acknowledged before it is on the disk")
                .isEqualTo(3);
        polling.cycle(START.plusSeconds(10));
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> broker.unacknowledged("-lora") == 0);
        ChannelCounts energy = channel(1, "foundry-north.cold-room.active-energy-import");
        assertThat(energy.atMs())
                .containsExactly(
                        Instant.parse("2026-03-01T09:58:00.123Z").toEpochMilli(),
                        Instant.parse("2026-03-01T09:59:00Z").toEpochMilli());
        assertThat(energy.counts()).containsExactly(1_234_500, 1_234_750);
        close();
        Files.delete(home.logs().resolve("ingest.log"));
        open();
        send(LORA, CHIRP.formatted("b", "2026-03-01T09:59:00Z", "1234.75"));
        settled(0, 1);
    }

    @Test
    void aMissingEnergyFieldStaysMissingWithACauseAndIsNeverZero() throws Exception {
        send(LORA, CHIRP.formatted("c", "2026-03-01T09:58:00Z", "null"));
        settled(1, 0);
        polling.cycle(START.plusSeconds(10));
        ChannelCounts energy = channel(1, "foundry-north.cold-room.active-energy-import");
        assertThat(energy.counts()).isEmpty();
        assertThat(energy.missingAtMs())
                .containsExactly(Instant.parse("2026-03-01T09:58:00Z").toEpochMilli());
        assertThat(batch(1).body().getGapsList())
                .extracting(Gap::getDetail)
                .containsExactlyInAnyOrder("the uplink has no energy_kwh", "the uplink has no power_w");
    }

    @Test
    void whatIsNotOnTheDiskIsNotAcknowledgedAndComesAgainAfterAKill() throws Exception {
        send(LORA, CHIRP.formatted("d", "2026-03-01T09:58:00Z", "7"));
        settled(1, 0);
        close(); // nothing was kept
        Files.delete(home.logs().resolve("ingest.log"));
        open();
        settled(1, 0);
        polling.cycle(START.plusSeconds(10));
        assertThat(channel(1, "foundry-north.cold-room.active-energy-import").counts())
                .containsExactly(7_000);
    }

    @Test
    void unreadableForeignAndFutureMessagesAreRefusedWithTheirReason() throws Exception {
        send(LORA, "no json");
        send(LORA, CHIRP.formatted("e", "2026-03-01T10:06:00Z", "1"));
        send(LORA, CHIRP.replace("0101010101010101", "0202020202020202").formatted("f", "2026-03-01T09:00:00Z", "1"));
        send(LORA, "{\"deviceInfo\":{\"devEui\":\"0101010101010101\"}}");
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(ingest())
                        .contains("it is no JSON")
                        .contains("ahead of the agent's clock")
                        .contains("no sensor of modbus.yaml has this address")
                        .contains("time is missing"));
        assertThat(gateways.waiting()).isZero();
    }

    @Test
    void thePublishedSamplesComeOutWithTheirOwnTimesAndValues() throws Exception {
        assumeTrue(Files.isDirectory(PAYLOADS), "published payloads are not on this machine: " + PAYLOADS);
        send(LORA, Files.readString(PAYLOADS.resolve("chirpstack_v4_up_with_object_derived.json")));
        send(TTN, Files.readString(PAYLOADS.resolve("ttn_v3_up.json")));
        send(TTN, Files.readString(PAYLOADS.resolve("ttn_v3_up.json")));
        send(TTN, Files.readString(PAYLOADS.resolve("ttn_v3_up.json")).replaceFirst("\\{", "{\"simulated\":true,"));
        JsonNode plug = new ObjectMapper()
                .readTree(Files.readAllLines(PAYLOADS.resolve("zigbee2mqtt_samples.jsonl"))
                        .get(0));
        assertThat(plug.path("topic").asText()).isEqualTo(PLUG);
        send(PLUG, plug.path("payload").toString());
        settled(3, 1);
        polling.cycle(START.plusSeconds(10));
        ChannelCounts lora = channel(1, "foundry-north.cold-room.active-energy-import");
        assertThat(lora.counts()).containsExactly(1_234_500);
        assertThat(lora.atMs())
                .containsExactly(Instant.parse("2022-07-18T09:34:15.775Z").toEpochMilli());
        assertThat(channel(1, "foundry-north.hall.temperature").counts()).containsExactly(100);
        assertThat(channel(1, "foundry-north.hall.active-energy-import").counts())
                .isEmpty();
        ChannelCounts energy = channel(1, "foundry-north.plug.active-energy-import");
        assertThat(energy.counts()).containsExactly(1048);
        assertThat(energy.atMs())
                .containsExactly(Instant.parse(
                                plug.path("expect").path("source_time_utc").asText())
                        .toEpochMilli());
    }

    @Test
    void anAddressOfDigitsWithoutQuotationMarksIsRefusedBecauseYamlReadsAnotherNumber() throws IOException {
        Files.writeString(
                home.modbusYaml(),
                Files.readString(home.modbusYaml()).replace("\"0101010101010101\"", "0101010101010101"));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> ModbusYaml.read(home.modbusYaml()))
                .hasMessageContaining("gateways[0], sensors[0]")
                .hasMessageContaining("quotation marks");
    }

    private void settled(int waiting, int duplicates) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
            assertThat(gateways.duplicates()).isEqualTo(duplicates);
            assertThat(gateways.waiting()).isEqualTo(waiting);
        });
    }

    private void send(String topic, String text) {
        network.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(text.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private String ingest() throws IOException {
        Path file = home.logs().resolve("ingest.log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static int occurrences(String text, String word) {
        return text.split(word, -1).length - 1;
    }

    private OpenedBatch batch(long sequence) throws Exception {
        return OpenedBatch.parse(agent.log().bytes(sequence).orElseThrow());
    }

    private ChannelCounts channel(long sequence, String channel) throws Exception {
        List<ChannelCounts> found = batch(sequence).channels().stream()
                .filter(counts -> counts.channel().equals(channel))
                .collect(Collectors.toList());
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
