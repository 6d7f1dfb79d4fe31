package energy.audit.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.agent.SetClock;
import energy.audit.agent.config.Area;
import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Bus.SerialLine;
import energy.audit.agent.config.Bus.Transport;
import energy.audit.agent.config.Device;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.config.Register;
import energy.audit.agent.config.RegisterType;
import energy.audit.agent.config.WordOrder;
import energy.audit.agent.journal.Journal;
import energy.audit.evidence.Columns;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.DeviceHealth;
import energy.audit.evidence.wire.GapCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each stable code of a failing device, caused over a real socket: one line with device, register, cause and next step. */
class FaultsInTheLogTest {
    private static final int PORT = 26040;
    private static final Instant BOUNDARY = Instant.parse("2026-03-01T10:00:10Z");
    private static final int GOOD = 1;
    private static final int SILENT = 2;
    private static final int GARBLED = 3;
    private static final int WRONG_ADDRESS = 4;
    private static final int BUSY = 5;

    @TempDir
    Path directory;

    private final SetClock clock = new SetClock("2026-03-01T10:00:10.020Z");
    private Journal journal;
    private RawDevice line;

    /** A converter with five devices behind it: RTU frames in TCP, so that a CRC can be wrong. */
    @BeforeEach
    void openPlant() throws IOException {
        journal = Journal.in(directory, clock, System.err);
        line = new RawDevice(PORT, 8, (request, out, closing) -> {
            int unit = request[0];
            switch (unit) {
                case SILENT -> {}
                case WRONG_ADDRESS -> out.write(sealed(request[0], (byte) 0x83, (byte) 2));
                case BUSY -> out.write(sealed(request[0], (byte) 0x83, (byte) 6));
                default -> {
                    byte[] answer = sealed(request[0], (byte) 3, (byte) 2, (byte) 0x12, (byte) 0x34);
                    if (unit == GARBLED) {
                        answer[3] ^= 0x01;
                    }
                    out.write(answer);
                }
            }
        });
    }

    @AfterEach
    void closePlant() throws IOException {
        line.close();
        journal.close();
    }

    @Test
    void aTimeoutACrcErrorAndAnExceptionAreToldApartInLogGapAndHealth() throws Exception {
        List<DeviceHealth> health;
        Batch.Builder batch = Batch.newBuilder();
        try (PollCycle poll = poll(GOOD, SILENT, GARBLED, WRONG_ADDRESS, BUSY)) {
            Stamper.write(poll.run(BOUNDARY), BOUNDARY.plusSeconds(10), batch);
            health = poll.health();
        }
        assertThat(line("device=d2"))
                .contains(
                        " ERROR ERR REGISTER_READ_FAILURE cause=REQUEST_TIMEOUT device=d2 unit=2" + " register=0x0042 ")
                .contains("no answer in 200 ms")
                .endsWith(" next=check_power_unit_id_and_wiring");
        assertThat(line("device=d3"))
                .contains(" ERROR ERR REGISTER_READ_FAILURE cause=CRC_ERROR device=d3 unit=3" + " register=0x0042 ")
                .endsWith(" next=check_wiring_termination_and_baud");
        assertThat(line("device=d4"))
                .contains(
                        " ERROR ERR REGISTER_READ_FAILURE cause=ILLEGAL_ADDRESS device=d4 unit=4" + " register=0x0042 ")
                .contains("exception 02")
                .endsWith(" next=compare_map_with_manual");
        assertThat(line("device=d5"))
                .contains(" ERROR ERR REGISTER_READ_FAILURE cause=DEVICE_EXCEPTION device=d5 unit=5"
                        + " register=0x0042 ")
                .contains("exception 06")
                .endsWith(" next=see_device_manual");

        assertThat(batch.getGapsList())
                .extracting(gap -> gap.getChannel() + " " + gap.getCause())
                .containsExactlyInAnyOrder(
                        "s.d2.x " + GapCause.REQUEST_TIMEOUT,
                        "s.d3.x " + GapCause.CRC_ERROR,
                        "s.d4.x " + GapCause.ILLEGAL_ADDRESS,
                        "s.d5.x " + GapCause.DEVICE_EXCEPTION);

        assertThat(health(health, "d1").getReads()).isEqualTo(1);
        assertThat(health(health, "d1").getFailures()).isZero();
        assertThat(health(health, "d2").getTimeouts()).isPositive();
        assertThat(health(health, "d2").getCrcErrors() + health(health, "d2").getRefusals())
                .isZero();
        assertThat(health(health, "d3").getCrcErrors()).isPositive();
        assertThat(health(health, "d3").getTimeouts() + health(health, "d3").getRefusals())
                .isZero();
        assertThat(health(health, "d4").getRefusals()).isPositive();
        assertThat(health(health, "d4").getTimeouts() + health(health, "d4").getCrcErrors())
                .isZero();
        assertThat(health(health, "d5").getRefusals()).isPositive();
        assertThat(health(health, "d3").getLastCause()).isEqualTo("CRC_ERROR");
        assertThat(health(health, "d3").getLastFailure()).startsWith("register 0x0042: the CRC of an answer is wrong");
    }

    @Test
    void aTimeoutIsMissingInTheColumnAndNeverAZero() throws Exception {
        Batch.Builder batch = Batch.newBuilder();
        try (PollCycle poll = poll(GOOD, SILENT)) {
            Stamper.write(poll.run(BOUNDARY), BOUNDARY.plusSeconds(10), batch);
        }
        assertThat(batch.getColumns(0)).isEqualTo(Columns.encode("s.d1.x", 0, new Long[] {0x1234L}));
        assertThat(batch.getColumns(1).getMissingList()).containsExactly(0);
        assertThat(batch.getColumns(1)).isNotEqualTo(Columns.encode("s.d2.x", 0, new Long[] {0L}));
    }

    @Test
    void aRefusedConnectionNamesHostAndPortAndCountsForEachDeviceOfTheBus() throws Exception {
        line.close();
        List<DeviceHealth> health;
        try (PollCycle poll = poll(GOOD, SILENT)) {
            poll.run(BOUNDARY);
            health = poll.health();
        }
        assertThat(line("CONNECTION_REFUSED"))
                .contains(" ERROR ERR CONNECTION_REFUSED endpoint=127.0.0.1:" + PORT + " bus=line attempt=1"
                        + " cause=CONNECTION_REFUSED device=d1,d2 register=all ")
                .endsWith(" next=check_power_network_and_port");
        assertThat(health).allSatisfy(device -> {
            assertThat(device.getNoConnection()).isEqualTo(1);
            assertThat(device.getFailures()).isEqualTo(1);
            assertThat(device.getLastFailure()).contains("127.0.0.1:" + PORT);
        });
    }

    @Test
    void everyErrorLineHasItsNextStep() throws Exception {
        for (var code : energy.audit.agent.journal.LogCode.values()) {
            journal.service().error(code, "made=for_the_test");
        }
        assertThat(Files.readAllLines(directory.resolve("service.log")))
                .hasSize(energy.audit.agent.journal.LogCode.values().length)
                .allSatisfy(text -> assertThat(text).contains(" ERROR ERR ").containsPattern(" next=\\S+$"));
    }

    private static DeviceHealth health(List<DeviceHealth> all, String device) {
        return all.stream()
                .filter(h -> h.getDevice().equals(device))
                .findFirst()
                .orElseThrow();
    }

    private String line(String part) throws IOException {
        return Files.readAllLines(directory.resolve("ingest.log")).stream()
                .filter(text -> text.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("ingest.log has no line with " + part));
    }

    private static byte[] sealed(byte... body) {
        int[] crc = com.ghgande.j2mod.modbus.util.ModbusUtil.calculateCRC(body, 0, body.length);
        byte[] frame = Arrays.copyOf(body, body.length + 2);
        frame[body.length] = (byte) crc[0];
        frame[body.length + 1] = (byte) crc[1];
        return frame;
    }

    private PollCycle poll(int... units) {
        List<Device> devices = new ArrayList<>();
        for (int unit : units) {
            Register register = new Register(
                    "s.d" + unit + ".x", Area.HOLDING, 0x42, RegisterType.UINT16, WordOrder.BIG, OptionalLong.empty());
            devices.add(new Device("d" + unit, unit, List.of(register)));
        }
        Bus bus = new Bus("line", Transport.RTU_OVER_TCP, "127.0.0.1", PORT, SerialLine.NONE, 0, devices);
        PollPlan plan = new PollPlan(
                "t", "s", Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(1), List.of(bus));
        return new PollCycle(plan, 1, clock, journal.ingest());
    }
}
