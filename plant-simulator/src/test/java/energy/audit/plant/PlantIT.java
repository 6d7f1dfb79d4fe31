package energy.audit.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.ModbusSlaveException;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running plant from outside: Modbus and control port. */
class PlantIT {
    private static final int PORT = 25_040;
    private static final int CONTROL = 25_049;
    private static final String NOON = "2026-11-20T11:00:07.250Z";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(NOON);
    private final HttpClient http = HttpClient.newHttpClient();
    private Plant plant;
    private ControlServer control;
    private ModbusTCPMaster master;

    @BeforeEach
    void startsAPlantAndConnects() throws Exception {
        start();
        master = connect();
    }

    @AfterEach
    void stopsIt() {
        master.disconnect();
        stop();
    }

    private void start() throws IOException {
        Options options = new Options(folder, "127.0.0.1", PORT, CONTROL, 1, 5);
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        plant = Plant.start(options, clock, quiet);
        control = new ControlServer(plant, CONTROL);
    }

    private void stop() {
        control.close();
        plant.close();
    }

    private static ModbusTCPMaster connect() throws Exception {
        ModbusTCPMaster master = new ModbusTCPMaster("127.0.0.1", PORT, 400, false);
        master.setRetries(0);
        master.connect();
        return master;
    }

    private JsonNode get(String path, int status) throws Exception {
        return call(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + CONTROL + path)), status);
    }

    private JsonNode post(String path, int status) throws Exception {
        return call(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + CONTROL + path))
                        .POST(HttpRequest.BodyPublishers.noBody()),
                status);
    }

    private JsonNode call(HttpRequest.Builder request, int status) throws Exception {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new ObjectMapper().readTree(response.body());
    }

    private long expected(String channel) throws Exception {
        return get("/expected?channel=" + channel + "&at=" + clock.instant(), 200)
                .get("count")
                .asLong();
    }

    private long energyOfMain() throws ModbusException {
        return highFirst(master.readMultipleRegisters(1, 0, 2));
    }

    private static long highFirst(InputRegister[] words) {
        return ((long) words[0].toUnsignedShort() << 16) | words[1].toUnsignedShort();
    }

    private static long lowFirst(InputRegister[] words) {
        return ((long) words[1].toUnsignedShort() << 16) | words[0].toUnsignedShort();
    }

    @Test
    void whatAMasterReadsIsWhatTheControlPortExpectsInEveryWordOrderAndType() throws Exception {
        assertThat(energyOfMain())
                .isEqualTo(expected("foundry-north.main.active-energy-import"))
                .isPositive();
        assertThat(lowFirst(master.readInputRegisters(5, 342, 2)))
                .isEqualTo(expected("foundry-north.sand-plant.active-energy-import"));
        assertThat(lowFirst(master.readInputRegisters(5, 0, 2)))
                .isEqualTo(expected("foundry-north.sand-plant.active-power"));
        int kilowattBits = (int) lowFirst(master.readInputRegisters(5, 0, 2));
        assertThat(Float.intBitsToFloat(kilowattBits)).isBetween(50f, 340f);
        InputRegister voltage = master.readMultipleRegisters(1, 6, 1)[0];
        assertThat((long) voltage.toUnsignedShort())
                .isEqualTo(expected("foundry-north.main.voltage-l1"))
                .isBetween(11_000L, 12_200L);
    }

    @Test
    void everyRegisterInTheMapReadsAsExpectedInOneRequestPerChannel() throws Exception {
        SiteTimeline site = plant.sites().get(0);
        long[] counts = site.countsAt(clock.instant());
        for (int i = 0; i < counts.length; i++) {
            Meter meter = site.places().get(i).meter();
            Channel c = site.places().get(i).channel();
            int words = c.encoding().words();
            InputRegister[] read = c.area() == Channel.Area.HOLDING
                    ? master.readMultipleRegisters(meter.unit(), c.address(), words)
                    : master.readInputRegisters(meter.unit(), c.address(), words);
            long raw = words == 1
                    ? (c.encoding() == Encoding.INT16 ? read[0].toShort() : read[0].toUnsignedShort())
                    : c.wordOrder() == Encoding.WordOrder.BIG ? highFirst(read) : lowFirst(read);
            long decoded = c.encoding() == Encoding.INT32 ? (int) raw : raw;
            assertThat(decoded).as(c.id()).isEqualTo(counts[i]);
        }
    }

    @Test
    void countersMoveOnWithTheClockAndTheyDoSoWhileThePlantIsStopped() throws Exception {
        long before = energyOfMain();
        clock.set("2026-11-20T11:00:47Z");
        long moved = energyOfMain();
        assertThat(moved).isGreaterThan(before);
        stop();
        clock.set("2026-11-21T09:00:00Z");
        start();
        master = connect();
        assertThat(energyOfMain()).isGreaterThan(moved + 100_000);
        assertThat(get("/expected?channel=foundry-north.main.active-energy-import&at=" + NOON, 200)
                        .get("count")
                        .asLong())
                .isEqualTo(before);
    }

    @Test
    void beyondTheMapAndForUnknownUnitsThereAreModbusExceptions() {
        assertThatThrownBy(() -> master.readMultipleRegisters(1, 4000, 2))
                .isInstanceOfSatisfying(
                        ModbusSlaveException.class, e -> assertThat(e.getType()).isEqualTo(2));
        assertThatThrownBy(() -> master.readMultipleRegisters(99, 0, 2))
                .isInstanceOfSatisfying(
                        ModbusSlaveException.class, e -> assertThat(e.getType()).isEqualTo(11));
        assertThatThrownBy(() -> master.readCoils(1, 0, 1))
                .isInstanceOfSatisfying(
                        ModbusSlaveException.class, e -> assertThat(e.getType()).isEqualTo(1));
    }

    @Test
    void aSilentMeterLeavesItsNeighboursAloneAndComesBack() throws Exception {
        post("/faults/silent-device?site=foundry-north&for=PT30S", 200);
        assertThatThrownBy(this::energyOfMain).isInstanceOf(ModbusIOException.class);
        master.disconnect();
        master = connect();
        assertThat(master.readMultipleRegisters(2, 0, 2)).hasSize(2);
        assertThat(get("/expected?channel=foundry-north.main.active-power", 200)
                        .get("readable")
                        .asBoolean())
                .isFalse();
        clock.set("2026-11-20T11:00:38Z");
        assertThat(energyOfMain()).isEqualTo(expected("foundry-north.main.active-energy-import"));
    }

    @Test
    void aRefusingSiteClosesItsPortUntilItIsCleared() throws Exception {
        post("/faults/refuse-connection?site=foundry-north", 200);
        assertThatThrownBy(PlantIT::connect).hasMessageContaining("refused");
        assertThat(post("/faults/clear", 200).get("ended").asInt()).isEqualTo(1);
        master = connect();
        assertThat(energyOfMain()).isPositive();
    }

    @Test
    void aMeterCanAnswerWithAnExceptionOrShowWildAndZeroCounts() throws Exception {
        long right = energyOfMain();
        post("/faults/exception", 200);
        assertThatThrownBy(this::energyOfMain).isInstanceOf(ModbusSlaveException.class);
        post("/faults/clear", 200);
        post("/faults/bad-value", 200);
        long wild = energyOfMain();
        assertThat(Math.abs(wild - right)).isGreaterThan(1_000_000_000L);
        assertThat(wild).isEqualTo(expected("foundry-north.main.active-energy-import"));
        post("/faults/clear", 200);
        post("/faults/zero-glitch", 200);
        assertThat(energyOfMain()).isZero();
        post("/faults/clear", 200);
        assertThat(energyOfMain()).isEqualTo(right);
    }

    @Test
    void aDriftBeginsWithTheNextMinuteAndSurvivesARestart() throws Exception {
        assertThat(post("/faults/furnace-drift", 200).get("from").asText()).isEqualTo("2026-11-20T11:01:00Z");
        clock.set("2026-11-20T13:30:00Z");
        long drifting = expected("foundry-north.furnace-1.active-energy-import");
        stop();
        start();
        assertThat(expected("foundry-north.furnace-1.active-energy-import")).isEqualTo(drifting);
        assertThat(get("/status", 200).at("/active/0/fault").asText()).isEqualTo("furnace-drift");
    }

    @Test
    void wrongQuestionsGetAnAnswerThatHelps() throws Exception {
        assertThat(get("/expected?channel=foundry-north.nothing", 404)
                        .get("error")
                        .asText())
                .contains("device_mapping.json");
        assertThat(get("/expected?channel=x&at=yesterday", 400).get("error").asText())
                .contains("2026-11-23T10:00:00Z");
        assertThat(post("/faults/earthquake", 404).get("error").asText()).contains("GET /faults");
        assertThat(post("/faults/furnace-drift?site=cold-store", 400)
                        .get("error")
                        .asText())
                .contains("foundry-north");
        assertThat(get("/faults", 200).get("faults").size()).isEqualTo(Fault.values().length + 1);
        assertThat(get("/status", 200).get("points").asInt()).isGreaterThanOrEqualTo(45);
    }
}
