package energy.audit.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import energy.audit.House;
import energy.audit.access.Caller;
import energy.audit.access.Role;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.AgentHealth;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.ClockState;
import energy.audit.evidence.wire.DeviceHealth;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetIT {
    private static final AgentId AGENT = AgentId.of("hall-agent");
    private static final SiteId SITE = SiteId.of("hall");
    private static final Duration DAY = Duration.ofHours(24);

    private final House house = new House();
    private TenantId tenant = TenantId.of("a");

    @BeforeEach
    void anEnrolledAgentThatPollsEveryTenSeconds() {
        tenant = house.tenant("acme");
        enrol(AGENT);
        look("node-1"); // from now on somebody listens
    }

    @Test
    void theNewestBatchTellsHowTheAgentIs() {
        hear(batch(7, "boot-a")
                .setHealth(AgentHealth.newBuilder()
                        .setVersion("1.2")
                        .setPollIntervalMs(10_000)
                        .setCycleP99Ms(41)
                        .setKeptBatches(3)
                        .setKeptBytes(250)
                        .setBufferMaxBytes(1000)
                        .setDiskFreeBytes(5_000_000)
                        .setOldestKeptMs(house.clock.millis() - 60_000)));
        hear(batch(6, "boot-a")); // late

        Vitals vitals = Objects.requireNonNull(
                house.in(tenant, () -> house.fleet.vitals()).get(AGENT));

        assertThat(vitals.sequence()).isEqualTo(7);
        assertThat(vitals.pollInterval()).contains(Duration.ofSeconds(10));
        assertThat(vitals.cycleP99()).isEqualTo(Duration.ofMillis(41));
        assertThat(vitals.bufferFill()).contains(0.25);
        assertThat(vitals.diskFreeBytes()).isEqualTo(5_000_000);
        assertThat(vitals.oldestKept()).contains(house.clock.instant().minusSeconds(60));
        assertThat(vitals.clockSynchronised()).isTrue();
        assertThat(vitals.clockErrorMs()).isEqualTo(12);
    }

    @Test
    @Promise("fleet.R1")
    void countersThatAreToldTwiceLateOrOutOfOrderCountOnce() {
        Batch first = telling(1, "boot-a", device(10, 1, 1, 0)).build();
        Batch second = telling(2, "boot-a", device(20, 5, 2, 3)).build();
        Batch third = telling(3, "boot-a", device(30, 6, 3, 3)).build();
        house.in(tenant, () -> house.fleet.heard(List.of(third, first), house.clock.instant()));
        house.in(tenant, () -> house.fleet.heard(List.of(second), house.clock.instant()));
        house.in(tenant, () -> house.fleet.heard(List.of(third), house.clock.instant()));

        DeviceState press = devices().get(0);

        assertThat(press.recent()).isEqualTo(new DeviceCounts(30, 6, 3, 3, 0, 0));
        assertThat(press.sinceStart()).isEqualTo(press.recent());
        assertThat(press.recent().errorRate()).isEqualTo(6.0 / 36);
        assertThat(press.lastCause()).isEqualTo("REQUEST_TIMEOUT");
        assertThat(press.lastFailure()).isEqualTo("register 0x0042: no answer in 200 ms");
    }

    @Test
    @Promise("fleet.R1")
    void aRestartOfTheAgentBeginsItsCountersAnewAndTheSumGoesOn() {
        hear(telling(1, "boot-a", device(100, 10, 10, 0)));
        hear(telling(2, "boot-b", device(7, 2, 0, 2)));

        assertThat(devices().get(0).recent()).isEqualTo(new DeviceCounts(107, 12, 10, 2, 0, 0));
        assertThat(devices().get(0).sinceStart()).isEqualTo(new DeviceCounts(7, 2, 0, 2, 0, 0));
    }

    @Test
    void ratesAreKeptHourByHour() {
        hear(telling(1, "boot-a", device(10, 0, 0, 0)));
        house.clock.advance(Duration.ofHours(1));
        hear(telling(2, "boot-a", device(15, 5, 5, 0)));

        List<DeviceHour> hours = house.in(
                tenant,
                () -> house.fleet.hours(AGENT, "press", house.clock.instant().minus(DAY)));

        assertThat(hours)
                .containsExactly(
                        new DeviceHour(Instant.parse("2026-03-01T00:00:00Z"), new DeviceCounts(10, 0, 0, 0, 0, 0)),
                        new DeviceHour(Instant.parse("2026-03-01T01:00:00Z"), new DeviceCounts(5, 5, 5, 0, 0, 0)));
    }

    @Test
    @Promise("fleet.R2")
    void anExpectedAgentThatIsNotHeardRaisesOneAlarmThatEndsWithItsNextBatchAndStaysAsHistory() {
        hear(batch(1, "boot-a"));
        listenFor(Duration.ofSeconds(119));
        assertThat(silentNow()).as("two minutes at least").isEmpty();
        Instant heard = house.clock.instant().minusSeconds(119);
        listenFor(Duration.ofSeconds(15));
        listenFor(Duration.ofSeconds(15));

        Silence silence = silentNow().get(0);
        assertThat(silentNow()).hasSize(1);
        assertThat(silence.agent()).isEqualTo(AGENT);
        assertThat(silence.lastHeard()).contains(heard);
        assertThat(silence.silentAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(silence.raisedBy()).isEqualTo("node-1");

        hear(batch(2, "boot-a"));

        assertThat(silentNow()).isEmpty();
        Silence ended = house.in(tenant, () -> house.fleet.silences(10)).get(0);
        assertThat(ended.id()).isEqualTo(silence.id());
        assertThat(ended.ended()).contains(new Silence.End(house.clock.instant(), Silence.Reason.HEARD));
    }

    @Test
    @Promise("fleet.R2")
    void ofManyNodesThatLookAtOnceOneDoesTheWork() throws Exception {
        hear(batch(1, "boot-a"));
        listenFor(Duration.ofSeconds(60));
        listenFor(Duration.ofSeconds(60));
        house.clock.advance(Duration.ofSeconds(30));
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Look>> looks = new ArrayList<>();
            for (int node = 1; node <= 8; node++) {
                String name = "node-" + node;
                looks.add(() -> look(name));
            }
            List<Look> results = new ArrayList<>();
            for (Future<Look> result : nodes.invokeAll(looks)) {
                results.add(result.get());
            }
            assertThat(results).filteredOn(Look::mine).hasSize(1);
            assertThat(results.stream().mapToInt(r -> r.raised().size()).sum()).isEqualTo(1);
        } finally {
            nodes.shutdown();
        }
        assertThat(silentNow()).hasSize(1);
    }

    @Test
    @Promise("fleet.R3")
    void aBackendThatWasAwayBlamesNoAgentForIt() {
        hear(batch(1, "boot-a"));
        house.clock.advance(Duration.ofHours(3)); // nobody looked
        assertThat(look("node-1").raised()).isEmpty();
        listenFor(Duration.ofSeconds(60));
        assertThat(silentNow()).isEmpty();
        listenFor(Duration.ofSeconds(75));
        assertThat(silentNow()).as("now it had its time").hasSize(1);
    }

    @Test
    void whoDoesNotPollIsNotExpectedUntilSomebodySaysSo() {
        AgentId logger = AgentId.of("hall-logger");
        enrol(logger);
        hear(batch(1, "boot-a").setAgent("hall-logger").setHealth(AgentHealth.getDefaultInstance()));
        hear(batch(1, "boot-b"));
        for (int i = 0; i < 20; i++) {
            listenFor(Duration.ofSeconds(60));
        }
        assertThat(silentNow()).extracting(Silence::agent).containsExactly(AGENT);

        house.in(tenant, () -> house.fleet.expect(logger, Optional.of(Duration.ofMinutes(10)), "it logs all day"));
        listenFor(Duration.ofSeconds(15));

        assertThat(silentNow()).extracting(Silence::agent).containsExactlyInAnyOrder(AGENT, logger);
    }

    @Test
    void aLongerTimeOrARevocationEndsAnAlarmAndSaysWhy() {
        hear(batch(1, "boot-a"));
        listenFor(Duration.ofSeconds(60));
        listenFor(Duration.ofSeconds(75));
        assertThat(silentNow()).hasSize(1);
        house.in(tenant, () -> house.fleet.expect(AGENT, Optional.of(Duration.ofHours(6)), "night shift is off"));
        listenFor(Duration.ofSeconds(15));
        assertThat(silentNow()).isEmpty();
        house.in(tenant, () -> house.fleet.expect(AGENT, Optional.empty(), "back to normal"));
        listenFor(Duration.ofSeconds(15));
        assertThat(silentNow()).hasSize(1);
        house.in(tenant, () -> house.metering.revokeAgent(AGENT, "machine sold"));
        listenFor(Duration.ofSeconds(15));
        assertThat(silentNow()).isEmpty();
        assertThat(house.in(tenant, () -> house.fleet.silences(10)))
                .extracting(silence -> silence.ended().orElseThrow().reason())
                .containsExactly(Silence.Reason.REVOKED, Silence.Reason.NOT_EXPECTED);
    }

    @Test
    void whatCannotBeExpectedIsRefusedWithItsReason() {
        assertThatThrownBy(() ->
                        house.in(tenant, () -> house.fleet.expect(AGENT, Optional.of(Duration.ofSeconds(5)), "quick")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("between 30 s and a year");
        assertThatThrownBy(() -> house.in(tenant, () -> house.fleet.expect(AGENT, Optional.empty(), " ")))
                .hasMessageContaining("reason is empty");
        assertThatThrownBy(() ->
                        house.in(tenant, () -> house.fleet.expect(AgentId.of("nobody"), Optional.empty(), "why not")))
                .hasMessageContaining("not enrolled");
        Caller reader = new Caller("rita", Set.of());
        house.in(
                tenant,
                () -> house.access.grant("rita", Role.READER, house.clock.instant(), Optional.empty(), "reads"));
        assertThatThrownBy(() -> house.access.inTenant(
                        reader, tenant, () -> house.fleet.expect(AGENT, Optional.empty(), "mine")))
                .hasMessageContaining("CONFIGURE_METERING");
    }

    /** A sender chooses names and times: nonsense must not break the transaction that admits its readings. */
    @Test
    void nonsenseInTheHealthOfABatchBreaksNothing() {
        hear(telling(
                1,
                "boot-a",
                device(-5, Long.MAX_VALUE, 0, 0)
                        .setDevice("x\u0000y".repeat(200))
                        .setLastFailure("\u0000".repeat(5000))));
        Batch.Builder odd = batch(2, "boot-a");
        odd.getClockBuilder().setSealedAtMs(Long.MIN_VALUE);
        odd.getHealthBuilder()
                .setOldestKeptMs(Long.MAX_VALUE)
                .setPollIntervalMs(-1)
                .setKeptBytes(-7);
        hear(odd);
        assertThat(house.in(tenant, () -> house.fleet.vitals()).values())
                .extracting(Vitals::keptBytes)
                .containsExactly(0L);
    }

    private void enrol(AgentId agent) {
        house.in(
                tenant,
                () -> house.metering.enrolAgent(
                        agent, SITE, SigningKey.generate(new SecureRandom()).verificationKey()));
    }

    private List<DeviceState> devices() {
        return house.in(tenant, () -> house.fleet.devices(DAY));
    }

    private List<Silence> silentNow() {
        return house.in(tenant, () -> house.fleet.silentNow());
    }

    private Look look(String node) {
        return house.in(tenant, () -> house.fleet.look(node));
    }

    /** Time passes, and a node looks at the end. */
    private void listenFor(Duration time) {
        Duration left = time;
        while (left.compareTo(Duration.ofSeconds(60)) > 0) {
            house.clock.advance(Duration.ofSeconds(60));
            look("node-1");
            left = left.minusSeconds(60);
        }
        house.clock.advance(left);
        look("node-1");
    }

    private void hear(Batch.Builder batch) {
        house.in(tenant, () -> house.fleet.heard(List.of(batch.build()), house.clock.instant()));
    }

    private Batch.Builder batch(long sequence, String boot) {
        return Batch.newBuilder()
                .setTenant("acme")
                .setAgent(AGENT.value())
                .setSite(SITE.value())
                .setSequence(sequence)
                .setClock(ClockState.newBuilder()
                        .setSynchronised(true)
                        .setErrorBoundMs(12)
                        .setBootId(ByteString.copyFromUtf8(boot))
                        .setSealedAtMs(house.clock.millis()))
                .setHealth(AgentHealth.newBuilder().setPollIntervalMs(10_000));
    }

    private Batch.Builder telling(long sequence, String boot, DeviceHealth.Builder device) {
        Batch.Builder batch = batch(sequence, boot);
        batch.getHealthBuilder().addDevices(device);
        return batch;
    }

    private static DeviceHealth.Builder device(long reads, long failures, long timeouts, long crcErrors) {
        return DeviceHealth.newBuilder()
                .setDevice("press")
                .setReads(reads)
                .setFailures(failures)
                .setTimeouts(timeouts)
                .setCrcErrors(crcErrors)
                .setLastCause(failures > 0 ? "REQUEST_TIMEOUT" : "")
                .setLastFailure(failures > 0 ? "register 0x0042: no answer in 200 ms" : "");
    }
}
