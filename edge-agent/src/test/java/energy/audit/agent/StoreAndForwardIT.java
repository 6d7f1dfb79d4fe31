package energy.audit.agent;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.agent.backend.TestBackend;
import energy.audit.agent.backend.TestBroker;
import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.config.ModbusYaml;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.gateway.Gateways;
import energy.audit.agent.poll.PollCycle;
import energy.audit.agent.time.ClockCondition.Leap;
import energy.audit.agent.time.ClockCondition.State;
import energy.audit.agent.time.ClockWatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.GapCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault that can befall a reading between the register and the receipt, with real parts on both sides. */
class StoreAndForwardIT {
    private static final int MQTT = FreePorts.of("store-broker");
    private static final int MODBUS = FreePorts.of("store-meter");
    private static final int LINK = FreePorts.of("store-link");

    @TempDir
    Path directory;

    private final SigningKey logKey = SigningKey.generate(new SecureRandom());
    private CountingMeter meter;
    private TestBroker broker;
    private TestBackend backend;

    @BeforeEach
    void openWorld() throws Exception {
        meter = new CountingMeter(MODBUS);
        broker = new TestBroker(directory.resolve("broker"), MQTT);
        backend = new TestBackend(MQTT, logKey);
        backend.refusesForks(true);
    }

    @AfterEach
    void closeWorld() {
        backend.close();
        broker.close();
        meter.close();
    }

    private AgentHome home(Path where, int port, String interval, String... more) throws IOException {
        AgentHome home = AgentDirectory.write(
                where,
                "foundry-north-agent",
                port,
                logKey,
                "forward.receipt-timeout-seconds=1\n" + String.join("\n", more));
        AgentDirectory.modbus(home, MODBUS, interval);
        return home;
    }

    @Test
    void anAgentThatIsKilledAgainAndAgainLosesNothingAndDoublesNothing() throws Exception {
        AgentHome home = home(directory.resolve("agent"), MQTT, "1s");
        Random chance = new Random(7);
        int kills = 21;
        for (int i = 0; i < kills; i++) {
            Process agent = process(home);
            long before = backend.logSize();
            if (i % 3 != 0) {
                await().atMost(30, SECONDS).until(() -> backend.logSize() > before);
            }
            agent.waitFor(chance.nextInt(900), java.util.concurrent.TimeUnit.MILLISECONDS);
            agent.destroyForcibly(); // SIGKILL
            assertThat(agent.waitFor(10, SECONDS)).isTrue();
            assertThat(agent.exitValue()).isEqualTo(128 + 9);
        }
        try (LiveAgent last = new LiveAgent(home)) {
            long before = backend.logSize();
            await().atMost(30, SECONDS).until(() -> wholeAndMoreThan(before + 1));
            last.stop();
        }
        await().atMost(20, SECONDS)
                .until(() -> backend.batches().lastKey() == backend.batches().size());
        WhatArrived arrived = new WhatArrived(backend.batches());
        arrived.assertWholeAndInOrder();
        arrived.assertEveryInstantIsAccountedFor(1000);
        assertThat(arrived.causes()).containsExactly(GapCause.AGENT_STOPPED);
        assertThat(home.directory().resolve("refused")).doesNotExist();
    }

    private Process process(AgentHome home) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "energy.audit.agent.EdgeAgent",
                        "--config",
                        home.directory().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("agent.out").toFile()))
                .start();
    }

    @Test
    void aDiskThatIsReallyFullTakesNothingAwayAndTheGapIsSignedWhenThereIsRoomAgain() throws Exception {
        try (SmallDisk disk = SmallDisk.mounted(directory.resolve("full"), "3m")) {
            AgentHome home = home(disk.path(), MQTT, "1s", "buffer.max-bytes=33554432");
            backend.stayingSilent(true);
            try (LiveAgent agent = new LiveAgent(home)) {
                await().atMost(30, SECONDS).until(() -> status(home, "keptBatches") >= 2);
                disk.fill();
                long at = System.nanoTime();
                await().atMost(60, SECONDS).until(() -> System.nanoTime() - at > SECONDS.toNanos(14));
                agent.requireAlive();
                disk.empty();
                backend.stayingSilent(false);
                long before = backend.logSize();
                await().atMost(60, SECONDS).until(() -> wholeAndMoreThan(before + 3));
                agent.stop();
            }
            WhatArrived arrived = new WhatArrived(backend.batches());
            arrived.assertWholeAndInOrder();
            arrived.assertEveryInstantIsAccountedFor(1000);
            assertThat(arrived.causes()).contains(GapCause.BUFFER_FULL);
        }
    }

    @Test
    void onAReadOnlyDiskTheAgentSaysSoAndWhatItKeptArrivesOnceItCanBeWrittenAgain() throws Exception {
        try (SmallDisk disk = SmallDisk.mounted(directory.resolve("read-only"), "8m")) {
            AgentHome home = home(disk.path(), MQTT, "1s", "buffer.max-bytes=33554432");
            backend.stayingSilent(true);
            Process agent = process(home);
            await().atMost(30, SECONDS).until(() -> status(home, "keptBatches") >= 3);
            agent.destroyForcibly();
            assertThat(agent.waitFor(10, SECONDS)).isTrue();
            assertThat(disk.remounted("ro")).isTrue();
            Process refused = process(home);
            assertThat(refused.waitFor(30, SECONDS)).as("it ends").isTrue();
            assertThat(refused.exitValue()).isNotZero();
            assertThat(Files.readString(directory.resolve("agent.out"))).contains("Read-only file system");
            assertThat(disk.remounted("rw")).isTrue();
            backend.stayingSilent(false);
            Process again = process(home);
            await().atMost(60, SECONDS).until(() -> wholeAndMoreThan(4));
            again.destroy();
            assertThat(again.waitFor(20, SECONDS)).isTrue();
            WhatArrived arrived = new WhatArrived(backend.batches());
            arrived.assertWholeAndInOrder();
            arrived.assertEveryInstantIsAccountedFor(1000);
            assertThat(arrived.causes()).containsExactly(GapCause.AGENT_STOPPED);
        }
    }

    @Test
    void aBrokerThatForgetsEverythingItTookIsSentItAgain() throws Exception {
        AgentHome home = home(directory.resolve("agent"), MQTT, "1s");
        backend.stayingSilent(true);
        try (LiveAgent agent = new LiveAgent(home)) {
            await().atMost(30, SECONDS).until(() -> backend.publishes().size() >= 3);
            backend.close();
            broker.close();
            broker = new TestBroker(directory.resolve("another-broker"), MQTT);
            backend = new TestBackend(MQTT, logKey);
            await().atMost(60, SECONDS).until(() -> wholeAndMoreThan(4));
            agent.stop();
        }
        WhatArrived arrived = new WhatArrived(backend.batches());
        arrived.assertWholeAndInOrder();
        arrived.assertEveryInstantIsAccountedFor(1000);
        assertThat(arrived.causes()).isEmpty();
    }

    @Test
    void overALineOfAFewBytesASecondThatBreaksInThePacketEverythingArrivesOnce() throws Exception {
        try (SlowLink link = new SlowLink(LINK, MQTT, 4000, 5000)) {
            AgentHome home = home(directory.resolve("agent"), LINK, "1s");
            try (LiveAgent agent = new LiveAgent(home)) {
                await().atMost(90, SECONDS).until(() -> backend.logSize() >= 12 && link.connections() >= 3);
                agent.stop();
            }
            try (LiveAgent agent = new LiveAgent(home)) {
                await().atMost(90, SECONDS).until(() -> wholeAndMoreThan(13));
                agent.stop();
            }
        }
        WhatArrived arrived = new WhatArrived(backend.batches());
        arrived.assertWholeAndInOrder();
        arrived.assertEveryInstantIsAccountedFor(1000);
    }

    /**
     * Three days of polls every minute while the broker is away, with a disk allowance for about a third of them: detail is
     * thinned, the registers at every quarter hour are kept, and all that is not there is signed for.
     */
    @Test
    void threeDaysWithoutABrokerKeepEveryQuarterHourAndSignForTheRest() throws Exception {
        AgentHome home = home(
                directory.resolve("agent"),
                MQTT,
                "60s",
                "buffer.segment-bytes=16384",
                "buffer.max-bytes=700000",
                "buffer.thin-at=0.6");
        SetClock clock = new SetClock("2026-03-01T10:00:00Z");
        SetMachineTime time = new SetMachineTime(clock);
        time.says(State.SYNCHRONISED, 20, Leap.NONE);
        Duration step = Duration.ofMinutes(1);
        List<Long> quarters = new ArrayList<>();
        PollPlan plan = ModbusYaml.read(home.modbusYaml());
        AgentSettings settings = home.settings();
        try (RunningAgent agent = RunningAgent.open(home, settings, AgentSettings::window, clock, time, System.err);
                PollCycle poll = new PollCycle(plan, 1, clock, agent.journal().ingest());
                Gateways gateways = new Gateways(
                        plan.gateways(),
                        home.directory(),
                        clock,
                        agent.journal().ingest());
                LivePolling polling = new LivePolling(
                        agent,
                        plan,
                        poll,
                        gateways,
                        new MappingInForce(home.deviceMapping(), agent.journal().service()),
                        new ClockWatch(clock, time::monotonicNanos, settings.clockStepTolerance()))) {
            agent.look();
            for (int minute = 0; minute <= 72 * 60; minute++) {
                Instant boundary = clock.instant();
                if (minute % 15 == 0) {
                    quarters.add(boundary.toEpochMilli());
                }
                polling.cycle(boundary);
                time.pass(step);
            }
            assertThat(agent.log().waitingBatches()).isGreaterThan(288);
            agent.start(); // only now is there a way to the broker
            await().atMost(60, SECONDS).until(() -> agent.log().waitingBatches() == 0);
            polling.cycle(clock.instant());
            await().atMost(20, SECONDS).until(() -> agent.log().waitingBatches() == 0);
        }
        WhatArrived arrived = new WhatArrived(backend.batches());
        arrived.assertWholeAndInOrder();
        arrived.assertEveryInstantIsAccountedFor(step.toMillis());
        assertThat(arrived.causes()).containsExactly(GapCause.BUFFER_FULL);
        assertThat(arrived.counts().keySet()).containsAll(quarters);
        assertThat(arrived.counts()).as("detail was thinned").hasSizeLessThan(72 * 60);
    }

    /** Everything from the first batch on has been admitted, and more than so many. */
    private boolean wholeAndMoreThan(long size) {
        var batches = backend.batches();
        return batches.size() > size && batches.firstKey() == 1 && batches.lastKey() == batches.size();
    }

    private static long status(AgentHome home, String field) throws IOException {
        return Files.exists(home.status())
                ? new ObjectMapper()
                        .readTree(home.status().toFile())
                        .path(field)
                        .asLong()
                : 0;
    }

    /** A file system of its own, so small that a test can fill it. Needs the right to mount. */
    private record SmallDisk(Path path) implements AutoCloseable {
        static SmallDisk mounted(Path path, String size) throws Exception {
            Files.createDirectories(path);
            boolean done = run("mount", "-t", "tmpfs", "-o", "size=" + size + ",mode=700", "tmpfs", path.toString());
            if (!done) {
                System.err.println(
                        "\n*** NO RIGHT TO MOUNT A DISK: a really full disk is not tested here (run as root). ***\n");
            }
            assumeThat(done).as("mounting a small disk needs root").isTrue();
            return new SmallDisk(path);
        }

        /** Takes all the room there is. */
        void fill() throws IOException {
            byte[] some = new byte[4096];
            try (var out = Files.newOutputStream(path.resolve("filler"))) {
                while (true) {
                    out.write(some);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space left");
            }
        }

        void empty() throws IOException {
            Files.delete(path.resolve("filler"));
        }

        boolean remounted(String how) throws Exception {
            return run("mount", "-o", "remount," + how, path.toString());
        }

        private static boolean run(String... command) throws IOException, InterruptedException {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        }

        @Override
        public void close() throws IOException {
            try {
                run("umount", "-l", path.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
