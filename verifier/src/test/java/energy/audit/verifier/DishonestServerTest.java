package energy.audit.verifier;

import static energy.audit.verifier.SmallPlant.GAS;
import static energy.audit.verifier.SmallPlant.JULY;
import static energy.audit.verifier.SmallPlant.JUNE;
import static energy.audit.verifier.SmallPlant.MAIN;
import static energy.audit.verifier.SmallPlant.MAY;
import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Hash;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server that holds the log's key and the report's, signs whatever it likes, and is still found out. R2, R3. */
class DishonestServerTest {
    private final SmallPlant plant = SmallPlant.withTwoMonths();

    @Test
    void anHonestReportIsValidAndEveryFigureIsRecomputed() throws Exception {
        Verification verification = verify(plant.bundle().build());
        assertThat(verification.findings().problems()).isEmpty();
        assertThat(verification.rows())
                .extracting(FigureRow::recomputed)
                .containsExactly("250.0", "12.0", "100.0", "12.0");
    }

    @Test
    void aFigureThatIsNotWhatTheReadingsSayIsNamed() throws Exception {
        plant.figures().getFiguresBuilder(0).setValue("249.0");
        assertProblem(plant.bundle().build(), "F0001", "249.0", "250.0");
    }

    @Test
    void aQualityThatIsBetterThanItIsIsNamed() throws Exception {
        plant.figures().getFiguresBuilder(0).setQuality("estimated");
        assertProblem(plant.bundle().build(), "F0001", "quality is given as estimated", "measured");
    }

    @Test
    void aRolloverThatIsNotToldIsNamed() throws Exception {
        plant.figures().getFiguresBuilder(2).clearNote();
        assertProblem(plant.bundle().build(), "F0003", "note", "rollover");
    }

    @Test
    void aSumThatCountsAFigureTwiceOrOneOfAnotherSourceIsRefused() throws Exception {
        plant.figures().getFiguresBuilder(3).setValue("24.0").addTerms("F0002");
        assertProblem(plant.bundle().build(), "F0004", "one of them twice");
        plant.figures().getFiguresBuilder(3).setValue("262.0").setTerms(1, "F0001");
        assertProblem(plant.bundle().build(), "F0004", "another unit, energy source or site");
        plant.figures().getFiguresBuilder(3).clearTerms().addTerms("F0004");
        assertProblem(plant.bundle().build(), "F0004", "term of itself");
    }

    @Test
    void aCsvRowThatPrintsAnotherNumberThanTheEvidenceIsNamed() throws Exception {
        EvidenceBundle bundle = plant.bundle().build();
        List<Figure> printed = new ArrayList<>(bundle.getFigures().getFiguresList());
        printed.set(0, printed.get(0).toBuilder().setValue("25.0").build());
        assertProblem(judge("r.zip", PrintedReports.zip(bundle, printed, plant.logKey)), "F0001", "25.0", "250.0");
        printed.remove(0);
        assertProblem(judge("r.zip", PrintedReports.zip(bundle, printed, plant.logKey)), "F0001", "no row");
    }

    @Test
    void aPageThatPrintsAnotherNumberThanTheEvidenceIsNamed() throws Exception {
        EvidenceBundle bundle = plant.bundle().build();
        List<String> lines = new ArrayList<>(PrintedReports.lines(bundle));
        lines.set(0, "May 2026 1\u00a0250.0 est. F0001");
        assertProblem(pdf(bundle, lines), "F0001", "page 1 prints 1250.0", "250.0");
        lines.set(0, "nothing");
        assertProblem(pdf(bundle, lines), "F0001", "no page prints it");
        lines.set(0, "May 2026 250.0 F0001, see also 3.0 F0099");
        assertProblem(pdf(bundle, lines), "page 1", "F0099");
    }

    @Test
    void aFigureThatIsMentionedWithoutANumberIsNoContradiction() throws Exception {
        EvidenceBundle bundle = plant.bundle().build();
        List<String> lines = new ArrayList<>(PrintedReports.lines(bundle));
        lines.add("F0001 hall: main, 2026-05 measured 100 %");
        lines.add("verify FILE --explain F0001");
        assertThat(pdf(bundle, lines).findings().problems()).isEmpty();
    }

    @Test
    void aBatchSignedWithAnotherKeyIsNamed() throws Exception {
        SigningKey other = SigningKey.ofSeed(Hash.sha256(new byte[] {9}).bytes());
        plant.sends(plant.nextBatch(JULY.plusSeconds(10), 1_500L, 620L).build(), other);
        assertProblem(plant.bundle().build(), "batch 4 of demo/hall-agent", "not signed by the key");
    }

    @Test
    void aBatchOfARevokedKeyIsNamed() throws Exception {
        plant.enrol("hall-agent", plant.agentKey, true);
        plant.reads(JULY.plusSeconds(10), 1_500L, 620L);
        assertProblem(plant.bundle().build(), "batch 4 of demo/hall-agent", "revoked");
    }

    @Test
    void anAgentMaySpeakOnlyForItsOwnTenantSiteAndChannels() throws Exception {
        Batch.Builder batch = plant.nextBatch(JULY.plusSeconds(10), 1_500L, 620L);
        batch.setColumns(0, batch.getColumns(0).toBuilder().setChannel("cold-store.main.active-energy-import"));
        plant.sends(batch.build(), plant.agentKey);
        assertProblem(plant.bundle().build(), "batch 4", "channels of another site");
        plant.sends(
                plant.nextBatch(JULY.plusSeconds(20), 1L, 1L)
                        .setTenant("harbor")
                        .build(),
                plant.agentKey);
        assertProblem(plant.bundle().build(), "batch 5 of harbor/hall-agent", "not those of the enrolment");
    }

    @Test
    void twoBatchesWithOneSequenceNumberAreACloneOrAReplay() throws Exception {
        Batch.Builder batch = plant.nextBatch(JULY.plusSeconds(10), 1_500L, 620L);
        plant.sends(batch.build(), plant.agentKey);
        plant.sends(batch.setCutTailBytes(1).build(), plant.agentKey);
        assertProblem(plant.bundle().build(), "batch 4", "cloned agent or a replay");
    }

    @Test
    void aBatchThatDoesNotContinueTheOneBeforeIsNamed() throws Exception {
        Batch.Builder batch = plant.nextBatch(JULY.plusSeconds(10), 1_500L, 620L);
        plant.sends(batch.setPreviousSha256(Hash.sha256().byteString()).build(), plant.agentKey);
        assertProblem(plant.bundle().build(), "batch 4", "does not continue the batch before it");
    }

    @Test
    void anEntryChangedSwappedOrRepeatedIsNamed() throws Exception {
        EvidenceBundle bundle = plant.bundle().build();
        EvidenceBundle.Builder changed = bundle.toBuilder();
        byte[] entry = changed.getEntries(4).getEntry().toByteArray();
        entry[entry.length - 1] ^= 1;
        changed.getEntriesBuilder(4).setEntry(com.google.protobuf.ByteString.copyFrom(entry));
        assertProblem(changed.build(), "log entry 4", "not in the log");

        EvidenceBundle.Builder swapped = bundle.toBuilder();
        swapped.getEntriesBuilder(4).setIndex(5);
        swapped.getEntriesBuilder(5).setIndex(4);
        assertProblem(swapped.build(), "log entry 5", "not in the log");

        EvidenceBundle twice =
                bundle.toBuilder().addEntries(bundle.getEntries(4)).build();
        assertProblem(twice, "log entry 4", "attached twice");
    }

    @Test
    void theOrderOfTheAttachedEntriesDoesNotMatter() throws Exception {
        EvidenceBundle.Builder bundle = plant.bundle();
        var entries = new ArrayList<>(bundle.getEntriesList());
        Collections.reverse(entries);
        assertThat(verify(bundle.clearEntries().addAllEntries(entries).build())
                        .findings()
                        .problems())
                .isEmpty();
    }

    @Test
    void aWithheldBoundaryLeavesTheFigureWithoutAValueAndNeverZero() throws Exception {
        plant.withhold(4);
        Verification verification = verify(plant.bundle().build());
        assertProblem(verification, "F0001", "250.0", "nothing");
        assertThat(verification.rows().get(0).recomputed()).isEmpty();
        assertThat(verification.rows().get(0).quality()).isEqualTo("missing");
    }

    @Test
    void aMissingBoundaryIsHonestlyPrintedAsNoFigure() throws Exception {
        SmallPlant gap = SmallPlant.opened();
        gap.reads(MAY, 1_000L, 1L);
        gap.reads(JUNE, null, 2L);
        gap.figure("F0001", "main", MAIN, MAY, JUNE, "kWh", "", "no reading near one end")
                .setQuality("missing")
                .setCoverage("0.5");
        assertThat(verify(gap.bundle().build()).findings().problems()).isEmpty();
        gap.figures().getFiguresBuilder(0).setValue("0.0");
        assertProblem(gap.bundle().build(), "F0001", "0.0", "nothing");
    }

    @Test
    void aCalorificValueThatChangesOnTheWayIsUsedPiecewise() throws Exception {
        SmallPlant gas = SmallPlant.opened();
        gas.configure(JUNE, "0.1", "11");
        gas.reads(MAY, 1L, 1_000L);
        gas.reads(JUNE, 2L, 3_000L);
        gas.reads(JULY, 3L, 4_000L);
        gas.figure("F0001", "gas", GAS, MAY, JULY, "kWh", "310.0", "");
        gas.figure("F0002", "gas", GAS, MAY, JULY, "m3", "30.0", "");
        Verification verification = verify(gas.bundle().build());
        assertThat(verification.findings().problems()).isEmpty();
        assertThat(verification.rows()).extracting(FigureRow::recomputed).containsExactly("310.0", "30.0");
    }

    @Test
    void aLaterEntryOfTheLogReplacesAnEarlierConfiguration() throws Exception {
        SmallPlant corrected = SmallPlant.opened();
        corrected.configure(Instant.parse("2026-01-01T00:00:00Z"), "0.2", "10");
        corrected.reads(MAY, 1_000L, 1L);
        corrected.reads(JUNE, 2_000L, 1L);
        corrected.figure("F0001", "main", MAIN, MAY, JUNE, "kWh", "200.0", "");
        assertThat(verify(corrected.bundle().build()).findings().problems()).isEmpty();
    }

    @Test
    void aFigureOfAnUnknownFormulaOrAGaugeOrNoConfigurationCannotBeRecomputed() throws Exception {
        plant.figures().getFiguresBuilder(0).setFormula("wish/v1");
        assertProblem(plant.bundle().build(), "F0001", "does not know the formula 'wish/v1'");
        plant.figures()
                .getFiguresBuilder(0)
                .setFormula("register-difference/v1")
                .setUnit("m3");
        assertProblem(plant.bundle().build(), "F0001", "cannot become m3");
        plant.figures().getFiguresBuilder(0).setUnit("kWh").setChannel("hall.other.active-energy-import");
        assertProblem(plant.bundle().build(), "F0001", "no attached metering configuration");
    }

    @Test
    void aCheckpointOfAnotherSizeRootTenantOrKeyIsNamed() throws Exception {
        EvidenceBundle bundle = plant.bundle().build();
        Checkpoint head = plant.head();
        for (Checkpoint other : List.of(
                new Checkpoint(head.origin(), head.size() + 1, head.root()),
                new Checkpoint(head.origin(), head.size(), Hash.ZERO),
                new Checkpoint("energy-audit/plant-7/harbor", head.size(), head.root()))) {
            String note = other.signedNote(head.keyName(), plant.logKey);
            assertProblem(
                    bundle.toBuilder()
                            .setCheckpoint(com.google.protobuf.ByteString.copyFromUtf8(note))
                            .build(),
                    "checkpoint",
                    "");
        }
        String foreign = head.signedNote(head.keyName(), plant.agentKey);
        assertProblem(
                bundle.toBuilder()
                        .setCheckpoint(com.google.protobuf.ByteString.copyFromUtf8(foreign))
                        .build(),
                "checkpoint",
                "none is by energy-audit/plant-7");
    }

    @Test
    void figuresThatDifferFromTheOnesInTheEvidenceAreNamed() throws Exception {
        EvidenceBundle bundle = plant.bundle().build();
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        energy.audit.evidence.SealedArchive.seal(
                java.util.Map.of(
                        "figures.csv", "figure,value\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        "figures.pb",
                                bundle.getFigures().toBuilder()
                                        .setReportId("R-2")
                                        .build()
                                        .toByteArray(),
                        "evidence.pb", bundle.toByteArray()),
                plant.logKey,
                out);
        assertProblem(judge("r.zip", out.toByteArray()), "figures.pb", "differs");
    }

    @Test
    void keysThatTheAuditorHoldsMustBeTheOnesInTheFile() throws Exception {
        var other = SigningKey.ofSeed(Hash.sha256(new byte[] {9}).bytes()).verificationKey();
        byte[] zip = PrintedReports.zip(plant.bundle().build(), plant.logKey);
        var right = new TrustAnchors(
                Optional.of("plant-7"),
                Optional.of(plant.logKey.verificationKey()),
                Optional.empty(),
                List.of(new TrustAnchors.AgentKey("demo", "hall-agent", plant.agentKey.verificationKey())));
        Verification trusted = Verification.of("r.zip", zip, right, Seen.NOTHING);
        assertThat(trusted.findings().problems()).isEmpty();
        assertThat(trusted.findings().remarks()).isEmpty();

        var otherLog = new TrustAnchors(Optional.empty(), Optional.of(other), Optional.empty(), List.of());
        assertProblem(Verification.of("r.zip", zip, otherLog, Seen.NOTHING), "manifest.sig", "not the log key's");
        var otherAgent = new TrustAnchors(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new TrustAnchors.AgentKey("demo", "hall-agent", other)));
        assertProblem(Verification.of("r.zip", zip, otherAgent, Seen.NOTHING), "enrolment of hall-agent", "trust file");
        var otherName = new TrustAnchors(Optional.of("plant-8"), Optional.empty(), Optional.empty(), List.of());
        assertProblem(Verification.of("r.zip", zip, otherName, Seen.NOTHING), "checkpoint", "energy-audit/plant-8");
        byte[] pdf = PrintedReports.pdf(
                plant.bundle().build(), PrintedReports.lines(plant.bundle().build()), PrintedReports.signatory());
        var otherCertificate =
                new TrustAnchors(Optional.empty(), Optional.empty(), Optional.of("0".repeat(64)), List.of());
        assertProblem(Verification.of("r.pdf", pdf, otherCertificate, Seen.NOTHING), "PDF signature", "trusted one");
    }

    /** R4. */
    @Test
    void keysThatNobodyPinnedAreSaidToBeSo() throws Exception {
        Verification verification = verify(plant.bundle().build());
        assertThat(String.join(" ", verification.findings().remarks()))
                .contains("taken from the file itself")
                .contains("It does not yet mean: it comes from that plant");
    }

    @Test
    void anOutsideCheckpointOfTheSameSizeAndAnotherRootProvesTwoVersions() throws Exception {
        Checkpoint head = plant.head();
        byte[] zip = PrintedReports.zip(plant.bundle().build(), plant.logKey);
        var same = new OutsideCheckpoint("seen", plant.note());
        assertThat(Verification.of("r.zip", zip, TrustAnchors.NONE, seen(same))
                        .findings()
                        .passed())
                .anyMatch(passed -> passed.contains("same size and root"));
        var fork = new OutsideCheckpoint(
                "seen", new Checkpoint(head.origin(), head.size(), Hash.ZERO).signedNote(head.keyName(), plant.logKey));
        assertProblem(Verification.of("r.zip", zip, TrustAnchors.NONE, seen(fork)), "checkpoint seen", "two versions");
        var later = new OutsideCheckpoint(
                "seen", new Checkpoint(head.origin(), 99, Hash.ZERO).signedNote(head.keyName(), plant.logKey));
        Verification grown = Verification.of("r.zip", zip, TrustAnchors.NONE, seen(later));
        assertThat(grown.valid()).isTrue();
        assertThat(grown.findings().remarks())
                .anyMatch(remark -> remark.contains("the log has grown") && remark.contains("cannot be decided"));
        var forged = new OutsideCheckpoint("seen", later.note().replace("\n99\n", "\n98\n"));
        assertProblem(Verification.of("r.zip", zip, TrustAnchors.NONE, seen(forged)), "checkpoint seen", "not genuine");
    }

    @Test
    void anOutsideCheckpointOfAnotherSizeIsLinkedByAProof() throws Exception {
        Checkpoint early = plant.head();
        var seenEarly = new OutsideCheckpoint("seen", plant.note());
        plant.reads(JULY.plusSeconds(10), 1_500L, 620L);
        byte[] zip = PrintedReports.zip(plant.bundle().build(), plant.logKey);
        ConsistencyProof proof = plant.proof(early.size());
        Verification linked =
                Verification.of("r.zip", zip, TrustAnchors.NONE, new Seen(List.of(seenEarly), List.of(proof)));
        assertThat(linked.findings().problems()).isEmpty();
        assertThat(linked.findings().passed()).anyMatch(passed -> passed.contains("proven to be of the same log"));
        var rewritten = new OutsideCheckpoint(
                "seen",
                new Checkpoint(early.origin(), early.size(), Hash.ZERO).signedNote(early.keyName(), plant.logKey));
        assertProblem(
                Verification.of("r.zip", zip, TrustAnchors.NONE, new Seen(List.of(rewritten), List.of(proof))),
                "checkpoint seen",
                "the log was changed between the two");
    }

    @Test
    void anAbsurdScaleIsRefusedInWordsAndExhaustsNothing() throws Exception {
        for (String absurd : List.of("1e2000000000", "x", "--1")) {
            SmallPlant odd = SmallPlant.opened();
            odd.configure(MAY, absurd, "10");
            odd.reads(MAY, 1L, 1L);
            odd.reads(JUNE, 2L, 1L);
            odd.figure("F0001", "main", MAIN, MAY, JUNE, "kWh", "1.0", "");
            assertProblem(odd.bundle().build(), "F0001", "which is no decimal number");
        }
    }

    /** Whatever bytes a server signs, the verdict is given in words: nothing is thrown, and no wrong figure passes. */
    @Test
    void damagedEvidenceThatIsSealedAgainNeverPassesWithAnotherFigure() throws Exception {
        byte[] evidence = plant.bundle().build().toByteArray();
        java.util.Random random = new java.util.Random(20261123);
        for (int round = 0; round < 3_000; round++) {
            byte[] damaged = evidence.clone();
            for (int flips = 1 + random.nextInt(2); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            EvidenceBundle bundle;
            try {
                bundle = EvidenceBundle.parseFrom(damaged);
            } catch (com.google.protobuf.InvalidProtocolBufferException unreadable) {
                continue;
            }
            Verification verification = verify(bundle);
            if (verification.valid()) {
                assertThat(verification.rows())
                        .as("round %d", round)
                        .extracting(FigureRow::recomputed)
                        .containsExactly("250.0", "12.0", "100.0", "12.0");
            }
        }
    }

    private static Seen seen(OutsideCheckpoint checkpoint) {
        return new Seen(List.of(checkpoint), List.of());
    }

    private Verification verify(EvidenceBundle bundle) throws Exception {
        return judge("r.zip", PrintedReports.zip(bundle, plant.logKey));
    }

    private static Verification pdf(EvidenceBundle bundle, List<String> lines) throws Exception {
        return judge("r.pdf", PrintedReports.pdf(bundle, lines, PrintedReports.signatory()));
    }

    private static Verification judge(String name, byte[] file) throws UnreadableFile {
        return Verification.of(name, file, TrustAnchors.NONE, Seen.NOTHING);
    }

    private void assertProblem(EvidenceBundle bundle, String thing, String... words) throws Exception {
        assertProblem(verify(bundle), thing, words);
    }

    private static void assertProblem(Verification verification, String thing, String... words) {
        assertThat(verification.valid()).isFalse();
        assertThat(verification.findings().problems()).anySatisfy(problem -> {
            assertThat(problem.thing()).contains(thing);
            assertThat(problem.text()).contains(words);
        });
    }
}
