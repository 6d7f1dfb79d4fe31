package energy.audit.ingest;

import static energy.audit.ingest.TestAgent.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Hash;
import energy.audit.evidence.OpenedReceipt;
import energy.audit.evidence.SealedBatch;
import energy.audit.evidence.Witness;
import energy.audit.evidence.wire.Outcome;
import energy.audit.ingest.Admission.Duplicate;
import energy.audit.ingest.Admission.Quarantined;
import energy.audit.ingest.Admission.Reason;
import energy.audit.ingest.Admission.Stored;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Promise;
import energy.audit.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IngestIT {
    private static final ChannelId CHANNEL = ChannelId.of(TestAgent.CHANNEL);
    private static final Period DAY =
            Period.of(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-02-02T00:00:00Z"));

    private final House house = new House();
    private TenantId tenant = TenantId.of("a");
    private TestAgent agent = new TestAgent(tenant, "hall-agent");

    @BeforeEach
    void anEnrolledAgent() {
        tenant = house.tenant("acme");
        agent = enrolled(tenant, "hall-agent");
    }

    @Test
    @Promise("ingest.R2")
    @Promise("ingest.R5")
    void aNewBatchBecomesAnEntryWithReadingsMarksAndAReceiptThatTheAgentCanCheck() throws Exception {
        SealedBatch batch = agent.seal(at("10:00:00", "10:30:00", "11:00:00"), 100L, null, 130L);

        Admission admission = admit(agent.publish(batch));

        assertThat(admission).isInstanceOf(Stored.class);
        Readings readings = house.in(tenant, () -> house.ingest.readings(CHANNEL, DAY, LogSize.NEWEST));
        assertThat(readings.counts()).containsExactly(100, 130);
        assertThat(readings.get(1).at()).isEqualTo(Instant.parse("2026-02-01T11:00:00Z"));
        assertThat(house.in(tenant, () -> house.ingest.takeTouched(10)))
                .extracting(touched -> touched.hour().toString())
                .containsExactly("2026-02-01T09:00:00Z", "2026-02-01T10:00:00Z", "2026-02-01T11:00:00Z");
        Witness witness = new Witness(house.log.verificationKey(), Optional.empty());
        assertThat(verdict(witness, admission, batch)).isInstanceOf(Witness.Accepted.class);
    }

    @Test
    @Promise("ingest.R2")
    void theSameBytesAgainAreADuplicateWithAReceiptForTheFirstPlace() throws Exception {
        SealedBatch batch = agent.seal(at("10:00:00"), 1L);
        Stored first = (Stored) admit(agent.publish(batch));
        admit(agent.publish(agent.seal(at("10:00:10"), 2L)));

        Admission again = admit(agent.publish(batch));

        assertThat(again).isInstanceOf(Duplicate.class);
        assertThat(((Duplicate) again).logIndex()).isEqualTo(first.logIndex());
        assertThat(OpenedReceipt.open(again.answer().orElseThrow().signedReceipt(), house.log.verificationKey())
                        .body()
                        .getOutcome())
                .isEqualTo(Outcome.DUPLICATE);
        Witness witness = new Witness(house.log.verificationKey(), Optional.empty());
        assertThat(verdict(witness, again, batch)).isInstanceOf(Witness.Accepted.class);
        assertThat(counted()).isEqualTo("sent 3 stored 2 duplicate 1 quarantined 0 in flight 0");
    }

    @Test
    @Promise("ingest.R1")
    void aRedeliveryByTheBrokerChangesNoNumberAndIsAnsweredAgain() {
        Envelope message = agent.publish(agent.seal(at("10:00:00"), 1L));
        admit(message);

        Admission again = admit(message); // commit, then a crash before the acknowledgement

        assertThat(again).isInstanceOf(Duplicate.class);
        assertThat(again.answer()).isPresent();
        assertThat(counted()).isEqualTo("sent 1 stored 1 duplicate 0 quarantined 0 in flight 0");
    }

    @Test
    @Promise("ingest.R1")
    void aPublishThatALaterOneTellsOfIsInFlightUntilItComes() {
        Envelope first = agent.publish(agent.seal(at("10:00:00"), 1L));
        Envelope second = agent.publish(agent.seal(at("10:00:10"), 2L));

        admit(second);
        assertThat(counted()).isEqualTo("sent 2 stored 1 duplicate 0 quarantined 0 in flight 1");
        admit(first);
        assertThat(counted()).isEqualTo("sent 2 stored 2 duplicate 0 quarantined 0 in flight 0");
    }

    @Test
    @Promise("ingest.R3")
    void anotherBatchForATakenSequenceIsAForkAndOverwritesNothing() {
        SealedBatch batch = agent.seal(at("10:00:00"), 1L);
        admit(agent.publish(batch));

        Admission fork = admit(agent.publish(agent.fork(batch, at("10:00:00"), 999L)));

        assertThat(((Quarantined) fork).reason()).isEqualTo(Reason.FORK);
        assertThat(house.in(tenant, () -> house.ingest.readings(CHANNEL, DAY, LogSize.NEWEST))
                        .counts())
                .containsExactly(1);
        assertThat(house.in(tenant, () -> house.ingest.alarms(10)))
                .extracting(IngestAlarm::kind)
                .containsExactly(IngestAlarm.Kind.FORK);
    }

    @Test
    @Promise("ingest.R4")
    void aTamperedBatchIsQuarantinedWithItsReasonAndItsBytes() {
        byte[] bytes = agent.seal(at("10:00:00"), 1L).bytes();
        int signature = bytes.length - 20;
        bytes[signature] ^= 1;

        Quarantined refused = (Quarantined) admit(agent.publish(bytes));

        assertThat(refused.reason()).isIn(Reason.BAD_SIGNATURE, Reason.UNKNOWN_KEY);
        assertThat(house.in(tenant, () -> house.ingest.quarantinedPayload(refused.id())))
                .isEqualTo(bytes);
        assertThat(counted()).isEqualTo("sent 1 stored 0 duplicate 0 quarantined 1 in flight 0");
        assertThat(house.in(tenant, () -> house.log.size()).entries()).isEqualTo(2);
    }

    @Test
    @Promise("ingest.R4")
    void aBatchOfAnotherTenantsAgentDoesNotEnter() {
        TenantId other = house.tenant("globex");
        TestAgent stranger = enrolled(other, "hall-agent");
        SealedBatch batch = stranger.seal(at("10:00:00"), 1L);

        Admission onAcmesTopic = admit(new Envelope(agent.topic(), batch.bytes(), Optional.empty()));

        assertThat(((Quarantined) onAcmesTopic).reason()).isEqualTo(Reason.TOPIC_DISAGREES);
        TestAgent posing = new TestAgent(tenant, "hall-agent"); // names acme's agent, signs with an own key
        Admission posed = admit(posing.publish(posing.seal(at("10:00:00"), 1L)));
        assertThat(((Quarantined) posed).reason()).isEqualTo(Reason.UNKNOWN_KEY);
        assertThat(house.in(tenant, () -> house.log.size()).entries()).isEqualTo(2);
    }

    @Test
    @Promise("ingest.R4")
    void aChannelOfAnotherSiteIsRefused() {
        Admission refused = admit(agent.publish(agent.seal("cellar.main.gas-volume", at("10:00:00"), 1L)));
        assertThat(((Quarantined) refused).reason()).isEqualTo(Reason.FOREIGN_SITE);
    }

    @Test
    void rubbishAndUnknownTopicsAreKeptAndAcknowledged() {
        List<Admission> admissions = house.ingest.admit(List.of(
                agent.publish(new byte[] {1, 2, 3}),
                new Envelope("t.nobody.x.batch", new byte[] {1}, Optional.empty()),
                new Envelope("weather", new byte[0], Optional.empty())));
        assertThat(admissions)
                .extracting(admission -> ((Quarantined) admission).reason())
                .containsExactly(Reason.UNREADABLE, Reason.UNKNOWN_TENANT, Reason.NO_SENDER);
    }

    @Test
    @Promise("ingest.R2")
    void arrivalOrderChangesNothingButTheLogsOrder() {
        List<SealedBatch> batches = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            batches.add(agent.seal(at("10:%02d:00".formatted(i)), (long) i));
        }
        List<SealedBatch> shuffled = new ArrayList<>(batches);
        shuffled.addAll(batches.subList(5, 15));
        long seed = new Random().nextLong();
        Collections.shuffle(shuffled, new Random(seed));
        for (int from = 0; from < shuffled.size(); from += 7) {
            house.ingest.admit(shuffled.subList(from, Math.min(shuffled.size(), from + 7)).stream()
                    .map(agent::publish)
                    .toList());
        }
        Readings readings = house.in(tenant, () -> house.ingest.readings(CHANNEL, DAY, LogSize.NEWEST));
        assertThat(readings.counts())
                .as("seed " + seed)
                .containsExactly(LongStream.range(0, 30).toArray());
        assertThat(counted()).isEqualTo("sent 40 stored 30 duplicate 10 quarantined 0 in flight 0");
        assertThat(house.in(tenant, () -> house.ingest.alarms(10))).isEmpty();
        assertThat(house.in(tenant, () -> house.ingest.identity())
                        .agents()
                        .get(0)
                        .holes())
                .isZero();
    }

    @Test
    void everyReceiptContinuesTheHeadThatTheAgentHasSeen() throws Exception {
        Witness witness = new Witness(house.log.verificationKey(), Optional.empty());
        for (int i = 0; i < 20; i++) {
            witness.head().ifPresent(head -> agent.witnessed(head.size(), head.root()));
            SealedBatch batch = agent.seal(at("10:%02d:00".formatted(i)), (long) i);
            assertThat(verdict(witness, admit(agent.publish(batch)), batch)).isInstanceOf(Witness.Accepted.class);
        }
        assertThat(witness.head().map(Checkpoint::size)).contains(22L);
        assertThat(house.in(tenant, () -> house.ingest.alarms(10))).isEmpty();
    }

    @Test
    void anAgentThatHasSeenAnotherHeadRaisesAnAlarm() {
        agent.witnessed(2, Hash.sha256(new byte[1]));
        admit(agent.publish(agent.seal(at("10:00:00"), 1L)));
        agent.witnessed(1_000, Hash.sha256(new byte[1]));
        admit(agent.publish(agent.seal(at("10:00:10"), 2L)));
        assertThat(house.in(tenant, () -> house.ingest.alarms(10)))
                .extracting(IngestAlarm::kind)
                .containsOnly(IngestAlarm.Kind.WITNESS_DISAGREES)
                .hasSize(2);
    }

    @Test
    void whatWasKnownAtALogSizeStaysWhatItWas() {
        admit(agent.publish(agent.seal(at("10:00:00", "12:00:00"), 1L, 9L)));
        LogSize then = house.in(tenant, () -> house.log.size());
        TestAgent logger = enrolled(tenant, "hall-logger");
        admit(logger.publish(logger.seal(at("10:00:00", "11:00:00"), 777L, 5L)));

        Readings asThen = house.in(tenant, () -> house.ingest.readings(CHANNEL, DAY, then));
        Readings now = house.in(tenant, () -> house.ingest.readings(CHANNEL, DAY, LogSize.NEWEST));
        assertThat(asThen.counts()).containsExactly(1, 9);
        assertThat(now.counts()).as("the first for an instant counts").containsExactly(1, 5, 9);
    }

    @Test
    void theReadingsNextToAnInstantAreFoundWithTheirBatches() {
        Stored first = (Stored) admit(agent.publish(agent.seal(at("10:00:00", "10:10:00"), 1L, 2L)));
        Stored second = (Stored) admit(agent.publish(agent.seal(at("10:50:00"), 3L)));
        List<Instant> instants = List.of(
                Instant.parse("2026-02-01T11:00:00Z"),
                Instant.parse("2026-02-01T10:10:00Z"),
                Instant.parse("2026-02-01T10:30:00Z"));
        house.in(tenant, () -> {
            List<Bracket> brackets = house.ingest.brackets(CHANNEL, instants, LogSize.NEWEST);
            assertThat(brackets.get(0).atOrBefore().map(Reading::count)).contains(3L);
            assertThat(brackets.get(0).atOrAfter()).isEmpty();
            assertThat(brackets.get(1).atOrBefore()).isEqualTo(brackets.get(1).atOrAfter());
            assertThat(brackets.get(2).atOrBefore().map(Reading::count)).contains(2L);
            assertThat(brackets.get(2).atOrAfter().map(Reading::count)).contains(3L);
            assertThat(house.ingest.batchesHolding(CHANNEL, instants, LogSize.NEWEST))
                    .containsExactly(first.logIndex(), second.logIndex());
            ReadingsAround around = house.ingest.readingsAround(
                    CHANNEL,
                    Period.of(Instant.parse("2026-02-01T10:05:00Z"), Instant.parse("2026-02-01T10:50:00Z")),
                    LogSize.NEWEST);
            assertThat(around.all().counts()).containsExactly(1, 2, 3);
            assertThat(house.ingest.latest(List.of(CHANNEL)).get(CHANNEL))
                    .extracting(Reading::count)
                    .isEqualTo(3L);
        });
    }

    @Test
    void touchedHoursThatWereTakenComeBackWhenTheWorkFails() {
        admit(agent.publish(agent.seal(at("10:01:00", "10:02:00"), 1L, 2L)));
        assertThatThrownBy(() -> house.in(tenant, () -> {
                    assertThat(house.ingest.takeTouched(10)).hasSize(1);
                    throw new IllegalStateException("the worker died");
                }))
                .hasMessage("the worker died");
        assertThat(house.in(tenant, () -> house.ingest.takeTouched(10))).hasSize(1);
        assertThat(house.in(tenant, () -> house.ingest.touchedCount())).isZero();
    }

    @Test
    @Promise("ingest.R5")
    void aReadingThatArrivesWhileItsHourIsBeingDerivedDoesNotWaitAndMarksTheHourAgain() {
        admit(agent.publish(agent.seal(at("10:01:00"), 1L)));
        house.in(tenant, () -> {
            assertThat(house.ingest.takeTouched(10)).hasSize(1);
            Admission meanwhile = CompletableFuture.supplyAsync(
                            () -> admit(agent.publish(agent.seal(at("10:02:00"), 2L))))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertThat(meanwhile).isInstanceOf(Stored.class);
        });
        assertThat(house.in(tenant, () -> house.ingest.takeTouched(10))).hasSize(1);
    }

    @Test
    void anImportOfDaysIsMarkedInStretchesAndTakenHourByHour() {
        Long[] counts = new Long[96];
        Instant[] quarters = new Instant[96];
        for (int i = 0; i < 96; i++) {
            quarters[i] = DAY.from().plusSeconds(900L * i);
            counts[i] = (long) i;
        }
        admit(agent.publish(agent.seal(quarters, counts)));
        assertThat(house.in(tenant, () -> house.ingest.touchedCount())).isEqualTo(25);
        List<TouchedBucket> taken = house.in(tenant, () -> house.ingest.takeTouched(5));
        assertThat(taken).extracting(TouchedBucket::hour).isSorted().doesNotHaveDuplicates();
        assertThat(house.in(tenant, () -> house.ingest.touchedCount())).isEqualTo(25 - taken.size());
    }

    @Test
    void aRefusedBatchIsAdmittedOnRetryOnceItsAgentIsEnrolled() {
        TestAgent late = new TestAgent(tenant, "late-agent");
        Quarantined refused = (Quarantined) admit(late.publish(late.seal(at("10:00:00"), 1L)));
        assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_AGENT);
        house.in(tenant, () -> house.metering.enrolAgent(late.id, late.site, late.key.verificationKey()));

        Admission retried = house.in(tenant, () -> house.ingest.retry(refused.id()));

        assertThat(retried).isInstanceOf(Stored.class);
        assertThat(counted()).isEqualTo("sent 1 stored 1 duplicate 0 quarantined 0 in flight 0");
        assertThat(house.in(tenant, () -> house.ingest.quarantine(5)).get(0).admittedAs())
                .contains(((Stored) retried).logIndex());
    }

    private TestAgent enrolled(TenantId of, String id) {
        TestAgent made = new TestAgent(of, id);
        house.in(of, () -> house.metering.enrolAgent(made.id, made.site, made.key.verificationKey()));
        return made;
    }

    private Admission admit(Envelope envelope) {
        return house.ingest.admit(List.of(envelope)).get(0);
    }

    private Witness.Verdict verdict(Witness witness, Admission admission, SealedBatch batch) throws Exception {
        byte[] receipt = admission.answer().orElseThrow().signedReceipt();
        return witness.accept(
                OpenedReceipt.open(receipt, house.log.verificationKey()).body(), batch.bytes());
    }

    private String counted() {
        IngestIdentity identity = house.in(tenant, () -> house.ingest.identity());
        assertThat(identity.sent())
                .isEqualTo(identity.stored() + identity.duplicate() + identity.quarantined() + identity.inFlight());
        return "sent %d stored %d duplicate %d quarantined %d in flight %d"
                .formatted(
                        identity.sent(),
                        identity.stored(),
                        identity.duplicate(),
                        identity.quarantined(),
                        identity.inFlight());
    }
}
