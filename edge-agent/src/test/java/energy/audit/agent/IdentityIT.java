package energy.audit.agent;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.agent.backend.TestBackend;
import energy.audit.agent.backend.TestBroker;
import energy.audit.agent.backend.TestOffice;
import energy.audit.agent.enrol.KeyRotation;
import energy.audit.evidence.OpenedKeyChange;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key change in mid-stream, and a cloned agent, with a real broker and a backend that signs real receipts. */
class IdentityIT {
    private static final int MQTT = 26070;
    private static final int NOBODY = 26071;

    @TempDir
    Path directory;

    private final SecureRandom random = new SecureRandom();
    private final SigningKey logKey = SigningKey.generate(random);
    private TestBroker broker;
    private TestBackend backend;
    private TestOffice office;
    private AgentHome home;
    private SigningKey first;

    @BeforeEach
    void openWorld() throws Exception {
        broker = new TestBroker(directory.resolve("broker"), MQTT);
        backend = new TestBackend(MQTT, logKey);
        Path agent = directory.resolve("agent");
        AgentDirectory.write(agent, "foundry-north-agent", MQTT, logKey, "");
        office = new TestOffice(Duration.ofDays(300), new AgentHome(agent).key().verificationKey());
        home = AgentDirectory.write(
                agent,
                "foundry-north-agent",
                MQTT,
                logKey,
                "forward.receipt-timeout-seconds=1\nbackend.url=" + office.url());
        AgentDirectory.modbus(home, NOBODY, "1s"); // a dead meter is enough: its gap is signed all the same
        first = home.key();
    }

    @AfterEach
    void closeWorld() {
        office.close();
        backend.close();
        broker.close();
    }

    @Test
    void aKeyChangeInMidStreamLeavesNoHoleAndNoBatchOfTheNewKeyGoesBeforeItsAnnouncement() throws Exception {
        office.isDown(true);
        try (Running agent = new Running()) {
            await().atMost(30, SECONDS).until(() -> backend.batches().size() >= 2);
            assertThat(KeyRotation.ask(home.directory(), random)).isTrue();
            await().atMost(30, SECONDS)
                    .until(() -> !home.key().verificationKey().equals(first.verificationKey()));
            await().atMost(30, SECONDS).until(() -> status("keptBatches") >= 3);
            assertThat(backend.keyIds().values()).containsOnly(id(first));
            assertThat(KeyRotation.ask(home.directory(), random))
                    .as("one at a time")
                    .isFalse();

            office.isDown(false);
            await().atMost(60, SECONDS).until(() -> backend.keyIds().containsValue(id(home.key())));
            await().atMost(30, SECONDS).until(() -> status("keptBatches") <= 1);
            agent.stop();
        }
        OpenedKeyChange change = office.changes().get(0);
        assertThat(change.oldKey()).isEqualTo(first.verificationKey());
        assertThat(change.newKey()).isEqualTo(home.key().verificationKey());
        TreeMap<Long, String> signers = backend.keyIds();
        assertThat(signers.firstKey()).isEqualTo(1);
        assertThat(signers.lastKey()).as("no hole").isEqualTo(signers.size());
        signers.forEach((sequence, signer) -> assertThat(signer)
                .as("batch " + sequence)
                .isEqualTo(sequence < change.firstSequence() ? id(first) : id(home.key())));
        assertThat(KeyRotation.underWay(home.directory())).isFalse();
        assertThat(Files.readString(home.logs().resolve("service.log"))).contains("state=in_force log_index=41");
    }

    @Test
    void aStoppedAgentChangesItsKeyByTheCommand() throws Exception {
        assertThat(EdgeAgent.commandLine()
                        .execute("rotate-key", "--config", home.directory().toString()))
                .isZero();
        assertThat(office.changes()).hasSize(1);
        assertThat(office.changes().get(0).firstSequence()).isEqualTo(1);
        assertThat(home.key().verificationKey())
                .isEqualTo(office.changes().get(0).newKey());
        office.isDown(true);
        assertThat(EdgeAgent.commandLine()
                        .execute("rotate-key", "--config", home.directory().toString()))
                .as("not taken yet")
                .isEqualTo(1);
        office.isDown(false);
        assertThat(EdgeAgent.commandLine()
                        .execute("rotate-key", "--config", home.directory().toString()))
                .as("the same change, finished")
                .isZero();
        assertThat(office.changes()).hasSize(2);
    }

    @Test
    void aCrashBetweenAnnouncementAndKeyIsFinishedBeforeAnythingIsSealed() throws Exception {
        KeyRotation.ask(home.directory(), random);
        Path next = home.directory().resolve("agent.key.next");
        SigningKey asked = SigningKey.ofSeed(
                java.util.Base64.getDecoder().decode(Files.readString(next).strip()));
        Files.write(
                home.directory().resolve("key-change"),
                OpenedKeyChange.announce("demo-castings", "foundry-north-agent", first, asked, 1, 1L));

        try (Running agent = new Running()) {
            await().atMost(30, SECONDS).until(() -> backend.batches().size() >= 2);
            agent.stop();
        }
        assertThat(next).doesNotExist();
        assertThat(backend.keyIds().values()).containsOnly(id(asked));
        assertThat(office.changes()).hasSize(1);
    }

    @Test
    void aForkStopsSendingAndDeletingAndIsShownAlsoAfterARestart() throws Exception {
        backend.forge(receipt -> receipt.getSequence() < 3
                ? receipt
                : receipt.toBuilder()
                        .setOutcome(Outcome.QUARANTINED)
                        .setReason("FORK: sequence 3 belongs to another batch")
                        .build());
        try (Running agent = new Running()) {
            await().atMost(30, SECONDS).until(this::shownAsCloned);
            int sent = backend.publishes().size();
            await().atMost(30, SECONDS).until(() -> status("keptBatches") >= 4);
            assertThat(backend.publishes().size()).as("nothing more is sent").isLessThanOrEqualTo(sent + 1);
            agent.stop();
        }
        assertThat(Files.readString(home.logs().resolve("ingest.log"))).contains("ERR AGENT_CLONED sequence=3");
        assertThat(home.alarms().resolve("3-CLONED.receipt")).exists();
        assertThat(home.directory().resolve("refused"))
                .as("kept, not set aside")
                .doesNotExist();
        backend.forge(receipt -> receipt);
        int sent = backend.publishes().size();
        try (Running agent = new Running()) {
            await().atMost(30, SECONDS).until(() -> status("keptBatches") >= 6);
            assertThat(shownAsCloned()).isTrue();
            agent.stop();
        }
        assertThat(backend.publishes()).hasSize(sent);
    }

    @Test
    void aCopyOfTheDirectoryThatRunsBesidesIsNoticedByTheAgentThatCameSecond() throws Exception {
        try (Running agent = new Running()) {
            await().atMost(30, SECONDS).until(() -> backend.batches().size() >= 2);
            agent.stop();
        }
        AgentHome copy = copied();
        long before = backend.batches().lastKey();
        AgentHome original = home;
        home = copy;
        try (Running clone = new Running()) {
            await().atMost(30, SECONDS).until(() -> backend.batches().lastKey() >= before + 3);
            clone.stop();
        }
        home = original;
        // the backend answers as the real one does: the sequence belongs to the clone's batch
        backend.refusesForks(true);
        try (Running agent = new Running()) {
            await().atMost(30, SECONDS).until(this::shownAsCloned);
            agent.stop();
        }
        assertThat(status("keptBatches")).isPositive();
    }

    @Test
    void twoProgramsWithOneKeyThrowEachOtherOffTheBrokerAndStopAsSoonAsTheForkShows() throws Exception {
        try (Running agent = new Running()) {
            await().atMost(30, SECONDS).until(() -> backend.batches().size() >= 2);
            agent.stop();
        }
        AgentHome original = home;
        AgentHome copy = copied();
        backend.refusesForks(true);
        try (Running agent = new Running()) {
            home = copy;
            try (Running clone = new Running()) {
                await().atMost(60, SECONDS).until(() -> shownAsCloned(original) || shownAsCloned(copy));
                await().atMost(60, SECONDS)
                        .until(() -> (Files.readString(original.logs().resolve("service.log"))
                                        + Files.readString(copy.logs().resolve("service.log")))
                                .contains("SESSION_TAKEN_OVER"));
                clone.stop();
            }
            agent.stop();
        }
    }

    private AgentHome copied() throws IOException {
        Path copy = directory.resolve("copy");
        try (var files = Files.walk(home.directory())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(home.directory().relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return new AgentHome(copy);
    }

    private boolean shownAsCloned() throws IOException {
        return shownAsCloned(home);
    }

    private static boolean shownAsCloned(AgentHome home) throws IOException {
        return Files.exists(home.status())
                && new ObjectMapper()
                        .readTree(home.status().toFile())
                        .path("cloned")
                        .asBoolean();
    }

    private long status(String field) throws IOException {
        return Files.exists(home.status())
                ? new ObjectMapper()
                        .readTree(home.status().toFile())
                        .path(field)
                        .asLong()
                : 0;
    }

    private static String id(SigningKey key) {
        return HexFormat.of().formatHex(key.verificationKey().keyId());
    }

    /** A live agent in a thread of its own. */
    private final class Running implements AutoCloseable {
        private final CountDownLatch stop = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);
        private final AtomicReference<Exception> failure = new AtomicReference<>();

        Running() {
            AgentHome own = home;
            Thread thread = new Thread(() -> {
                try {
                    new LiveRun(own, Clock.systemUTC(), System.out, System.err).run(stop);
                } catch (Exception e) {
                    failure.set(e);
                } finally {
                    done.countDown();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        void stop() throws InterruptedException {
            stop.countDown();
            assertThat(done.await(15, SECONDS)).as("the agent ends").isTrue();
            assertThat(failure.get()).isNull();
        }

        @Override
        public void close() throws InterruptedException {
            stop();
        }
    }
}
