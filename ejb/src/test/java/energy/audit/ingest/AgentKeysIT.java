package energy.audit.ingest;

import static energy.audit.ingest.TestAgent.at;
import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.House;
import energy.audit.evidence.OpenedReceipt;
import energy.audit.evidence.SealedBatch;
import energy.audit.evidence.wire.Outcome;
import energy.audit.ingest.Admission.Quarantined;
import energy.audit.ingest.Admission.Reason;
import energy.audit.ingest.Admission.Stored;
import energy.audit.kernel.Promise;
import energy.audit.kernel.TenantId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches of an agent that changes its key, is revoked, or is not alone. */
class AgentKeysIT {
    private final House house = new House();
    private TenantId tenant = TenantId.of("a");
    private TestAgent agent = new TestAgent(tenant, "hall-agent");

    @BeforeEach
    void anEnrolledAgent() {
        tenant = house.tenant("acme");
        agent = new TestAgent(tenant, "hall-agent");
        house.in(tenant, () -> house.metering.enrolAgent(agent.id, agent.site, agent.key.verificationKey()));
    }

    @Test
    @Promise("ingest.R4")
    void anAgentChangesItsKeyInMidStreamWithoutAHoleAndItsOldBatchesStayWelcome() {
        SealedBatch first = agent.seal(at("10:00:00"), 1L);
        SealedBatch lastOfTheOldKey = agent.seal(at("10:00:10"), 2L);
        admit(agent.publish(first));
        house.enrolment.changeKey(agent.changesItsKey(), "192.0.2.1");
        SealedBatch firstOfTheNewKey = agent.seal(at("10:00:20"), 3L);

        assertThat(house.ingest.admit(List.of(agent.publish(firstOfTheNewKey), agent.publish(lastOfTheOldKey))))
                .as("what the old key sealed before the change may come after it")
                .allMatch(Stored.class::isInstance);
        assertThat(house.in(tenant, () -> house.ingest.alarms(10))).isEmpty();
        assertThat(house.in(tenant, () -> house.ingest.identity())
                        .agents()
                        .get(0)
                        .holes())
                .isZero();
    }

    @Test
    @Promise("ingest.R4")
    void aBatchByTheOldKeyAfterTheChangeIsRefusedWithTheEntryThatReplacedIt() {
        admit(agent.publish(agent.seal(at("10:00:00"), 1L)));
        TestAgent copy = agent.copied();
        long entry = house.enrolment.changeKey(agent.changesItsKey(), "192.0.2.1");

        Quarantined refused = (Quarantined) admit(copy.publish(copy.seal(at("10:00:10"), 999L)));

        assertThat(refused.reason()).isEqualTo(Reason.REPLACED_KEY);
        assertThat(refused.detail()).contains("log entry " + entry).contains("sequence 2");
        assertThat(admit(agent.publish(agent.seal(at("10:00:10"), 2L)))).isInstanceOf(Stored.class);
    }

    @Test
    @Promise("ingest.R4")
    void aRevokedAgentsBatchIsRefusedWithTheEntryThatRevokedIt() {
        admit(agent.publish(agent.seal(at("10:00:00"), 1L)));
        long entry = house.in(tenant, () -> house.enrolment.revoke(agent.id, "stolen"));

        Quarantined refused = (Quarantined) admit(agent.publish(agent.seal(at("10:00:10"), 2L)));

        assertThat(refused.reason()).isEqualTo(Reason.REVOKED_KEY);
        assertThat(refused.detail()).contains("log entry " + entry);
    }

    @Test
    @Promise("ingest.R4")
    void aBatchThatWasExaminedBeforeARevocationAndAppendedAfterItIsRefused() {
        admit(agent.publish(agent.seal(at("10:00:00"), 1L)));
        SealedBatch batch = agent.seal(at("10:00:10"), 2L);
        CompletableFuture<Admission> racing = house.in(tenant, () -> {
            house.log.lock(); // the batch is examined, then waits for the log
            CompletableFuture<Admission> examined = CompletableFuture.supplyAsync(() -> admit(agent.publish(batch)));
            Awaitility.await().until(this::somebodyWaitsForALock);
            house.enrolment.revoke(agent.id, "stolen");
            return examined;
        });

        assertThat(((Quarantined) racing.orTimeout(20, TimeUnit.SECONDS).join()).reason())
                .isEqualTo(Reason.REVOKED_KEY);
    }

    @Test
    @Promise("ingest.R3")
    void aClonedAgentIsAnAlarmWhoeverOfTheTwoComesFirst() throws Exception {
        admit(agent.publish(agent.seal(at("10:00:00"), 1L)));
        TestAgent clone = agent.copied();
        Admission clones = admit(clone.publish(clone.seal(at("10:00:10"), 5L)));
        SealedBatch honest = agent.seal(at("10:00:10"), 2L);

        Quarantined fork = (Quarantined) admit(agent.publish(honest));

        assertThat(clones).isInstanceOf(Stored.class);
        assertThat(fork.reason()).isEqualTo(Reason.FORK);
        var receipt = OpenedReceipt.open(fork.answer().orElseThrow().signedReceipt(), house.log.verificationKey())
                .body();
        assertThat(receipt.getOutcome()).isEqualTo(Outcome.QUARANTINED);
        assertThat(receipt.getReason()).as("what the agent knows a fork by").startsWith("FORK");
        assertThat(house.in(tenant, () -> house.ingest.alarms(10)))
                .extracting(IngestAlarm::kind)
                .containsExactly(IngestAlarm.Kind.FORK);
    }

    private boolean somebodyWaitsForALock() throws java.sql.SQLException {
        try (var connection = house.database.superuser().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        select exists (select 1 from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock')""")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private Admission admit(Envelope envelope) {
        return house.ingest.admit(List.of(envelope)).get(0);
    }
}
