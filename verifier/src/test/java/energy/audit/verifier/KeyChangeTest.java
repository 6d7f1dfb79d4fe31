package energy.audit.verifier;

import static energy.audit.verifier.SmallPlant.JULY;
import static energy.audit.verifier.SmallPlant.JUNE;
import static energy.audit.verifier.SmallPlant.MAIN;
import static energy.audit.verifier.SmallPlant.MAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.evidence.Hash;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.AgentEnrolment;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.EntryKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which key must have signed a batch, when an agent has changed its key. Both verifiers judge each file. */
class KeyChangeTest {
    private final SigningKey next =
            SigningKey.ofSeed(Hash.sha256(new byte[] {3}).bytes());
    private final SigningKey thief =
            SigningKey.ofSeed(Hash.sha256(new byte[] {4}).bytes());
    private final SmallPlant plant = SmallPlant.opened();

    @TempDir
    private Path dir = Path.of("");

    @Test
    void oldBatchesVerifyWithTheOldKeyAndLaterOnesWithTheNew() throws Exception {
        plant.reads(MAY, 1_000L, 1L);
        plant.append(
                EntryKind.AGENT_ENROLMENT,
                "enrolment",
                plant.keyChange(plant.agentKey, next).build());
        plant.sends(plant.nextBatch(JUNE, 3_500L, 1L).build(), next);
        assertValid("250.0");
    }

    @Test
    void aBatchThatTheOldKeySealedBeforeTheChangeMayStandAfterItInTheLog() throws Exception {
        plant.reads(MAY, 1_000L, 1L);
        Batch before = plant.nextBatch(JUNE, 3_500L, 1L).build();
        AgentEnrolment change = plant.keyChange(plant.agentKey, next).build();
        plant.append(EntryKind.AGENT_ENROLMENT, "enrolment", change);
        plant.sends(before, plant.agentKey);
        plant.sends(plant.nextBatch(JULY, 4_000L, 1L).build(), next);
        assertValid("250.0");
    }

    @Test
    void aBatchByTheOldKeyFromTheAnnouncedSequenceOnIsNoEvidence() throws Exception {
        plant.reads(MAY, 1_000L, 1L);
        plant.append(
                EntryKind.AGENT_ENROLMENT,
                "enrolment",
                plant.keyChange(plant.agentKey, next).build());
        plant.reads(JUNE, 3_500L, 1L);
        assertInvalid("not signed by the key that was enrolled");
    }

    @Test
    void aChangeThatTheServerMadeUpIsFoundOut() throws Exception {
        plant.reads(MAY, 1_000L, 1L);
        AgentEnrolment.Builder genuine = plant.keyChange(plant.agentKey, next);
        AgentEnrolment.Builder byThief = plant.keyChange(thief, next);
        plant.append(EntryKind.AGENT_ENROLMENT, "enrolment", byThief.build());
        plant.sends(plant.nextBatch(JUNE, 3_500L, 1L).build(), next);
        assertInvalid("not announced by the key that the agent had before");

        SmallPlant other = SmallPlant.opened();
        other.reads(MAY, 1_000L, 1L);
        other.append(
                EntryKind.AGENT_ENROLMENT,
                "enrolment",
                genuine.setFirstSequence(1).build());
        other.sends(other.nextBatch(JUNE, 3_500L, 1L).build(), next);
        assertInvalid(other, "announced something else than the entry says");
    }

    @Test
    void aPinnedKeyVouchesForTheOneItAnnouncedAndForNoOther() throws Exception {
        plant.reads(MAY, 1_000L, 1L);
        plant.append(
                EntryKind.AGENT_ENROLMENT,
                "enrolment",
                plant.keyChange(plant.agentKey, next).build());
        plant.sends(plant.nextBatch(JUNE, 3_500L, 1L).build(), next);
        assertThat(judged(plant, pinned()).findings().problems()).isEmpty();
        assertThat(second(plant, pinned()).path("valid").asBoolean()).isTrue();

        SmallPlant swapped = SmallPlant.opened();
        swapped.reads(MAY, 1_000L, 1L);
        swapped.enrol("hall-agent", next, false); // entered by the server, announced by nobody
        swapped.sends(swapped.nextBatch(JUNE, 3_500L, 1L).build(), next);
        assertThat(judged(swapped, pinned()).valid()).isFalse();
        assertThat(second(swapped, pinned()).path("valid").asBoolean()).isFalse();
    }

    @Test
    void anAgentThatNobodyPinnedMattersOnlyWhereItsBatchesAreUsed() throws Exception {
        plant.reads(MAY, 1_000L, 1L);
        plant.reads(JUNE, 3_500L, 1L);
        plant.enrol("another-agent", thief, false);
        plant.append(
                EntryKind.AGENT_ENROLMENT,
                "enrolment",
                plant.keyChange(thief, next).setAgent("another-agent").build());
        assertThat(judged(plant, pinned()).findings().problems()).isEmpty();
        assertThat(second(plant, pinned()).path("valid").asBoolean()).isTrue();

        plant.sends(
                plant.nextBatch(JULY, 9_000L, 1L)
                        .setAgent("another-agent")
                        .setSequence(1)
                        .setPreviousSha256(Hash.ZERO.byteString())
                        .build(),
                thief);
        assertThat(judged(plant, pinned()).findings().problems())
                .anySatisfy(problem -> assertThat(problem.text()).contains("not the one in the trust file"));
        assertThat(second(plant, pinned()).path("valid").asBoolean()).isFalse();
    }

    private TrustAnchors pinned() {
        return new TrustAnchors(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new TrustAnchors.AgentKey("demo", "hall-agent", plant.agentKey.verificationKey())));
    }

    private void assertValid(String value) throws Exception {
        Verification ours = judged(plant, TrustAnchors.NONE);
        assertThat(ours.findings().problems()).isEmpty();
        assertThat(ours.rows()).extracting(FigureRow::recomputed).containsExactly(value);
        assertThat(second(plant, TrustAnchors.NONE).path("valid").asBoolean()).isTrue();
    }

    private void assertInvalid(String words) throws Exception {
        assertInvalid(plant, words);
    }

    private void assertInvalid(SmallPlant of, String words) throws Exception {
        Verification ours = judged(of, TrustAnchors.NONE);
        assertThat(ours.findings().problems())
                .anySatisfy(problem -> assertThat(problem.text()).contains(words));
        assertThat(second(of, TrustAnchors.NONE).path("valid").asBoolean()).isFalse();
    }

    private static Verification judged(SmallPlant of, TrustAnchors trust) throws Exception {
        return Verification.of("r.zip", zip(of), trust, Seen.NOTHING);
    }

    private com.fasterxml.jackson.databind.JsonNode second(SmallPlant of, TrustAnchors trust) throws Exception {
        ObjectNode json = new ObjectMapper().createObjectNode();
        var agents = json.putArray("agents");
        trust.agents()
                .forEach(agent -> agents.addObject()
                        .put("tenant", agent.tenant())
                        .put("agent", agent.agent())
                        .put(
                                "publicKey",
                                Base64.getEncoder().encodeToString(agent.key().raw())));
        Path trusted = Files.writeString(dir.resolve("trust.json"), json.toString());
        return SecondVerifier.answers(List.of(Path.of("--trust"), trusted, Files.write(dir.resolve("r.zip"), zip(of))))
                .get(0);
    }

    private static byte[] zip(SmallPlant of) throws Exception {
        if (of.figures().getFiguresCount() == 0) {
            of.figure("F0001", "main", MAIN, MAY, JUNE, "kWh", "250.0", "");
        }
        return PrintedReports.zip(of.bundle().build(), of.logKey);
    }
}
