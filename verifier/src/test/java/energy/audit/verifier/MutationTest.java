package energy.audit.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import energy.audit.evidence.Hash;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.ProvenEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R1, R2: of many random changes to reports and their evidence each is found; no honest report is refused. */
class MutationTest {
    private static final long SEED = 20261123;
    private static final int CLEAN = 1_000;
    private static final int MUTATIONS = 20_000;
    private static final int PLANTS = 40;
    private static final SigningKey STRANGER =
            SigningKey.ofSeed(Hash.sha256(new byte[] {99}).bytes());

    private static final List<SmallPlant> PLANTS_OF_SEEDS = new ArrayList<>();
    private static final List<EvidenceBundle> BUNDLES = new ArrayList<>();
    private static final List<byte[]> ZIPS = new ArrayList<>();
    private static final List<byte[]> PDFS = new ArrayList<>();
    private static TrustAnchors trust = TrustAnchors.NONE;
    private static PrintedReports.@Nullable Signatory signatory;

    /** What somebody may do to a file, with or without a key of his own. */
    /** Of a number that doubles were rounded for: docs/evidence-format.md, section 7. */
    private static final int VOUCHED_DIGITS = 8;

    private enum Mutation {
        FLIPPED_BITS,
        OVERWRITTEN_BYTES,
        DROPPED_BYTES,
        DOUBLED_BYTES,
        SWAPPED_BYTES,
        RESEALED_BY_A_STRANGER,
        OPENING_DROPPED,
        ENROLMENT_DROPPED,
        ENTRY_SWAPPED,
        ENTRY_DOUBLED,
        ENTRY_CHANGED,
        FIGURE_CHANGED,
        FIGURE_CHANGED_IN_THE_TABLE_ONLY,
        PDF_BYTES,
        PDF_PAGE_CHANGED
    }

    @BeforeAll
    static void honestReports() throws Exception {
        for (int seed = 0; seed < PLANTS; seed++) {
            SmallPlant plant = plant(SEED + seed);
            EvidenceBundle bundle = plant.bundle().build();
            PLANTS_OF_SEEDS.add(plant);
            BUNDLES.add(bundle);
            ZIPS.add(PrintedReports.zip(bundle, plant.logKey));
            if (seed < 4) {
                PDFS.add(PrintedReports.pdf(bundle, PrintedReports.lines(bundle), PrintedReports.signatory()));
            }
        }
        trust = new TrustAnchors(
                Optional.of("plant-7"),
                Optional.of(PLANTS_OF_SEEDS.get(0).logKey.verificationKey()),
                Optional.empty(),
                List.of());
    }

    @Test
    void noHonestReportIsRefused() throws Exception {
        Map<String, Integer> qualities = new TreeMap<>();
        for (int seed = 0; seed < CLEAN; seed++) {
            SmallPlant plant = plant(seed);
            EvidenceBundle bundle = plant.bundle().build();
            Verification verification =
                    Verification.of("r.zip", PrintedReports.zip(bundle, plant.logKey), trust, Seen.NOTHING);
            assertThat(verification.findings().problems()).as("seed %d", seed).isEmpty();
            bundle.getFigures()
                    .getFiguresList()
                    .forEach(figure -> qualities.merge(figure.getQuality(), 1, Integer::sum));
        }
        // else the plants would be too tame to show anything
        assertThat(qualities).containsOnlyKeys("estimated", "measured", "missing", "partial");
        System.out.println(CLEAN + " honest reports, figures by quality: " + qualities);
    }

    @Test
    void everyMutationIsFound() throws Exception {
        Random random = new Random(SEED);
        Map<Mutation, Integer> found = new EnumMap<>(Mutation.class);
        Mutation[] all = Mutation.values();
        int sum = 0;
        for (int round = 0; sum < MUTATIONS; round++) {
            Mutation mutation = all[round % all.length];
            int plant = random.nextInt(mutation.name().startsWith("PDF") ? PDFS.size() : PLANTS);
            Optional<byte[]> forged = forge(mutation, plant, random);
            if (forged.isEmpty()) {
                // it came out as it was; another one takes its place
                continue;
            }
            String name = mutation.name().startsWith("PDF") ? "r.pdf" : "r.zip";
            Verification verification = Verification.of(name, forged.get(), trust, Seen.NOTHING);
            assertThat(verification.valid())
                    .as("%s in round %d, plant %d, seed %d", mutation, round, plant, SEED)
                    .isFalse();
            assertThat(verification.findings().problems().get(0).text()).isNotBlank();
            found.merge(mutation, 1, Integer::sum);
            sum++;
        }
        System.out.println(sum + " mutations, all found: " + found);
        assertThat(found).containsOnlyKeys(all);
    }

    /** Every third plant reports about an indicator. */
    private static SmallPlant plant(long seed) {
        return seed % 3 == 2 ? IndicatorPlants.ofSeed(seed) : RandomPlants.ofSeed(seed);
    }

    private static Optional<byte[]> forge(Mutation mutation, int plant, Random random) throws Exception {
        byte[] zip = ZIPS.get(plant);
        EvidenceBundle bundle = BUNDLES.get(plant);
        SigningKey logKey = PLANTS_OF_SEEDS.get(plant).logKey;
        int entry = random.nextInt(bundle.getEntriesCount());
        int other = (entry + 1 + random.nextInt(bundle.getEntriesCount() - 1)) % bundle.getEntriesCount();
        return switch (mutation) {
            case FLIPPED_BITS, OVERWRITTEN_BYTES, DROPPED_BYTES, DOUBLED_BYTES, SWAPPED_BYTES ->
                bytes(mutation, zip, random);
            case PDF_BYTES ->
                bytes(Mutation.values()[random.nextInt(Mutation.SWAPPED_BYTES.ordinal() + 1)], PDFS.get(plant), random);
            case RESEALED_BY_A_STRANGER ->
                Optional.of(PrintedReports.zip(
                        bundle.toBuilder()
                                .setLogPublicKey(ByteString.copyFrom(
                                        STRANGER.verificationKey().raw()))
                                .build(),
                        STRANGER));
            // the server itself does these, with the log's true key
            case OPENING_DROPPED ->
                Optional.of(
                        PrintedReports.zip(bundle.toBuilder().removeEntries(0).build(), logKey));
            case ENROLMENT_DROPPED ->
                Optional.of(
                        PrintedReports.zip(bundle.toBuilder().removeEntries(1).build(), logKey));
            case ENTRY_SWAPPED ->
                Optional.of(PrintedReports.zip(
                        bundle.toBuilder()
                                .setEntries(
                                        entry,
                                        bundle.getEntries(entry).toBuilder()
                                                .setEntry(
                                                        bundle.getEntries(other).getEntry()))
                                .build(),
                        logKey));
            case ENTRY_DOUBLED ->
                Optional.of(PrintedReports.zip(
                        bundle.toBuilder().addEntries(bundle.getEntries(entry)).build(), logKey));
            case ENTRY_CHANGED ->
                Optional.of(PrintedReports.zip(
                        bundle.toBuilder()
                                .setEntries(entry, changed(bundle.getEntries(entry), random))
                                .build(),
                        logKey));
            case FIGURE_CHANGED -> Optional.of(PrintedReports.zip(figureChanged(bundle, random), logKey));
            case FIGURE_CHANGED_IN_THE_TABLE_ONLY ->
                Optional.of(PrintedReports.zip(
                        bundle, figureChanged(bundle, random).getFigures().getFiguresList(), logKey));
            case PDF_PAGE_CHANGED -> pageChanged(bundle, random);
        };
    }

    private static Optional<byte[]> bytes(Mutation mutation, byte[] file, Random random) {
        int at = random.nextInt(file.length - 64);
        int length = 1 + random.nextInt(48);
        byte[] forged = file.clone();
        if (mutation == Mutation.FLIPPED_BITS) {
            for (int i = 0; i < length; i++) {
                forged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            }
        } else if (mutation == Mutation.OVERWRITTEN_BYTES) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, forged, at, length);
        } else if (mutation == Mutation.DROPPED_BYTES) {
            System.arraycopy(file, at + length, forged, at, file.length - at - length);
            forged = Arrays.copyOf(forged, file.length - length);
        } else if (mutation == Mutation.DOUBLED_BYTES) {
            forged = Arrays.copyOf(file, file.length + length);
            System.arraycopy(file, at, forged, at + length, file.length - at);
        } else {
            int to = random.nextInt(file.length - 64);
            System.arraycopy(file, at, forged, to, length);
            System.arraycopy(file, to, forged, at, length);
        }
        return Arrays.equals(forged, file) ? Optional.empty() : Optional.of(forged);
    }

    private static ProvenEntry changed(ProvenEntry entry, Random random) {
        byte[] bytes = entry.getEntry().toByteArray();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return entry.toBuilder().setEntry(ByteString.copyFrom(bytes)).build();
    }

    private static EvidenceBundle figureChanged(EvidenceBundle bundle, Random random) {
        EvidenceBundle.Builder changed = bundle.toBuilder();
        Figure.Builder figure = changed.getFiguresBuilder()
                .getFiguresBuilder(random.nextInt(bundle.getFigures().getFiguresCount()));
        switch (random.nextInt(4)) {
            case 0 ->
                figure.setValue(otherNumber(
                        figure.getValue(), figure.getFormula().startsWith("enpi-") ? VOUCHED_DIGITS : 99, random));
            case 1 -> figure.setQuality(figure.getQuality().equals("measured") ? "estimated" : "measured");
            case 2 -> figure.setCoverage(figure.getCoverage().equals("1") ? "0.5" : "1");
            default -> figure.setNote(figure.getNote() + "no");
        }
        return changed.build();
    }

    /** @param significant digits among which one is changed */
    private static String otherNumber(String value, int significant, Random random) {
        if (value.isEmpty()) {
            return "0";
        }
        char[] digits = value.toCharArray();
        List<Integer> places = new ArrayList<>();
        int counted = 0;
        for (int at = 0; at < digits.length && counted < significant; at++) {
            if (Character.isDigit(digits[at])) {
                places.add(at);
                counted += counted > 0 || digits[at] != '0' ? 1 : 0;
            }
        }
        int at = places.get(random.nextInt(places.size()));
        digits[at] = (char) ('0' + (digits[at] - '0' + 1 + random.nextInt(9)) % 10);
        return new String(digits);
    }

    private static Optional<byte[]> pageChanged(EvidenceBundle bundle, Random random) throws Exception {
        List<String> lines = new ArrayList<>(PrintedReports.lines(bundle));
        List<Integer> withValue = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!bundle.getFigures().getFigures(i).getValue().isEmpty()) {
                withValue.add(i);
            }
        }
        Collections.shuffle(withValue, random);
        int line = withValue.get(0);
        Figure figure = bundle.getFigures().getFigures(line);
        lines.set(line, "May 2026 " + otherNumber(figure.getValue(), 99, random) + " " + figure.getId());
        return Optional.of(PrintedReports.pdf(bundle, lines, signatory()));
    }

    private static PrintedReports.Signatory signatory() throws Exception {
        PrintedReports.Signatory made = signatory == null ? PrintedReports.signatory() : signatory;
        signatory = made;
        return made;
    }

    @Test
    void aServerThatShowsTwoHistoriesIsCaughtByOneOutsideCheckpoint(@TempDir Path dir)
            throws IOException, UnreadableFile {
        // one installation and tenant, two pasts of one length
        SmallPlant shown = RandomPlants.ofSeed(7);
        SmallPlant hidden = RandomPlants.ofSeed(7);
        shown.reads(SmallPlant.JULY, 1_000L, 1L);
        hidden.reads(SmallPlant.JULY, 2_000L, 1L);
        OutsideCheckpoint head = OutsideCheckpoint.read(Files.writeString(dir.resolve("seen.txt"), hidden.note()));
        assertFound(shown, new Seen(List.of(head), List.of()));
        // later, with the best proof that this server can make
        long size = shown.head().size();
        shown.reads(SmallPlant.JULY.plusSeconds(10), 1_001L, 1L);
        assertFound(shown, new Seen(List.of(head), List.of(shown.proof(size))));
    }

    private static void assertFound(SmallPlant shown, Seen outside) throws IOException, UnreadableFile {
        byte[] report = PrintedReports.zip(shown.bundle().build(), shown.logKey);
        assertThat(Verification.of("r.zip", report, trust, Seen.NOTHING).valid())
                .isTrue();
        Verification verification = Verification.of("r.zip", report, trust, outside);
        assertThat(verification.valid()).isFalse();
        assertThat(verification.findings().problems().get(0).text()).isNotBlank();
    }
}
