package energy.audit.verifier;

import static energy.audit.verifier.SmallPlant.JULY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.evidence.Hash;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The files in docs/evidence-vectors are what this test makes: run it with {@code -Devidence.vectors=write} after a change
 * of the format. Both verifiers must say of each what vectors.json says.
 */
class EvidenceVectorsTest {
    private static final Path FOLDER = Path.of("../docs/evidence-vectors");
    private static final Path TABLE = FOLDER.resolve("vectors.json");
    private static final Path PDF = FOLDER.resolve("two-months.pdf");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param about what somebody who writes a verifier learns from it */
    private record Vector(byte[] file, boolean valid, String about) {}

    @Test
    void theFilesAreReproducedByteForByte() throws Exception {
        Map<String, Vector> vectors = vectors();
        if ("write".equals(System.getProperty("evidence.vectors"))) {
            write(vectors);
        }
        for (Map.Entry<String, Vector> vector : vectors.entrySet()) {
            assertThat(FOLDER.resolve(vector.getKey()))
                    .hasBinaryContent(vector.getValue().file());
        }
        assertThat(JSON.readTree(TABLE.toFile())).hasSize(vectors.size() + 1);
    }

    @Test
    void bothVerifiersSayOfEachFileWhatTheTableSays() throws Exception {
        List<Path> files = new ArrayList<>();
        JsonNode table = JSON.readTree(TABLE.toFile());
        table.forEach(row -> files.add(FOLDER.resolve(row.path("file").asText())));
        List<Boolean> ours = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            byte[] bytes = Files.readAllBytes(files.get(i));
            JsonNode row = table.get(i);
            assertThat(Hash.sha256(bytes).hex()).isEqualTo(row.path("sha256").asText());
            Verification verification =
                    Verification.of(files.get(i).toString(), bytes, TrustAnchors.NONE, Seen.NOTHING);
            assertThat(verification.valid())
                    .as("%s", row)
                    .isEqualTo(row.path("valid").asBoolean());
            ours.add(verification.valid());
            for (JsonNode figure : row.path("figures")) {
                assertThat(verification.rows())
                        .anyMatch(each -> each.figure()
                                        .getId()
                                        .equals(figure.path("figure").asText())
                                && each.recomputed().equals(figure.path("value").asText()));
            }
        }
        JsonNode theirs = SecondVerifier.answers(files);
        for (int i = 0; i < files.size(); i++) {
            assertThat(theirs.get(i).path("valid").asBoolean())
                    .as("%s", theirs.get(i))
                    .isEqualTo(ours.get(i));
        }
    }

    private static Map<String, Vector> vectors() throws IOException {
        Map<String, Vector> vectors = new LinkedHashMap<>();
        SmallPlant plant = SmallPlant.withTwoMonths();
        EvidenceBundle bundle = plant.bundle().build();
        byte[] honest = PrintedReports.zip(bundle, plant.logKey);
        vectors.put("two-months.zip", new Vector(honest, true, "two registers, a rollover, a sum"));
        SmallPlant eventful = RandomPlants.ofSeed(2026);
        vectors.put(
                "eventful.zip",
                new Vector(
                        PrintedReports.zip(eventful.bundle().build(), eventful.logKey),
                        true,
                        "gaps, wrong readings, estimated, partial and missing figures"));
        SmallPlant exchanged = SmallPlant.withExchange();
        EvidenceBundle withExchange = exchanged.bundle().build();
        vectors.put(
                "meter-exchange.zip",
                new Vector(
                        PrintedReports.zip(withExchange, exchanged.logKey),
                        true,
                        "a meter exchanged between two readings; its entry was corrected by a later one"));
        vectors.put(
                "meter-exchange-left-out.zip",
                new Vector(
                        PrintedReports.zip(
                                withExchange.toBuilder()
                                        .removeEntries(withExchange.getEntriesCount() - 1)
                                        .build(),
                                exchanged.logKey),
                        false,
                        "the same without the entry that corrects the exchange: the figure comes out otherwise"));
        SmallPlant holed = SmallPlant.withTwoMonths();
        long gap = holed.signGap(
                Instant.parse("2026-05-12T08:00:00Z"), Instant.parse("2026-05-14T08:00:00Z"), "lightning", false);
        EvidenceBundle concealed = holed.bundle().build();
        holed.figures().addSignedGaps(gap);
        vectors.put(
                "signed-gap.zip",
                new Vector(
                        PrintedReports.zip(holed.bundle().build(), holed.logKey),
                        true,
                        "a person has signed for a gap; the reader is told so"));
        vectors.put(
                "signed-gap-concealed.zip",
                new Vector(
                        PrintedReports.zip(concealed, holed.logKey),
                        false,
                        "the same, but the report does not print the gap whose entry is attached"));
        SmallPlant indicator = IndicatorPlants.published();
        EvidenceBundle aboutIndicator = indicator.bundle().build();
        vectors.put(
                "indicator.zip",
                new Vector(
                        PrintedReports.zip(aboutIndicator, indicator.logKey),
                        true,
                        "an energy performance indicator: its model, every day against the expected, savings"));
        SmallPlant invented = IndicatorPlants.withInventedInput();
        vectors.put(
                "indicator-invented-input.zip",
                new Vector(
                        PrintedReports.zip(invented.bundle().build(), invented.logKey),
                        false,
                        "an approved baseline whose first input is not what the registers gave"));
        vectors.put(
                "opening-left-out.zip",
                new Vector(
                        PrintedReports.zip(bundle.toBuilder().removeEntries(0).build(), plant.logKey),
                        false,
                        "two-months.zip without the entry that opened the log, which no figure needs"));
        byte[] flipped = honest.clone();
        flipped[honest.length / 2] ^= 1;
        vectors.put("flipped-bit.zip", new Vector(flipped, false, "one bit in the middle of two-months.zip"));
        List<Figure> printed = new ArrayList<>(bundle.getFigures().getFiguresList());
        printed.set(0, printed.get(0).toBuilder().setValue("25.0").build());
        vectors.put(
                "table-changed.zip",
                new Vector(
                        PrintedReports.zip(bundle, printed, plant.logKey),
                        false,
                        "sealed with the true key, but figures.csv prints another number than the evidence"));
        EvidenceBundle.Builder other = bundle.toBuilder();
        other.getFiguresBuilder().getFiguresBuilder(0).setValue("249.0");
        vectors.put(
                "figure-changed.zip",
                new Vector(
                        PrintedReports.zip(other.build(), plant.logKey),
                        false,
                        "table and evidence agree on a number that the readings do not give"));
        EvidenceBundle.Builder moved = bundle.toBuilder();
        moved.getEntriesBuilder(3).setIndex(4);
        moved.removeEntries(4);
        vectors.put(
                "entry-moved.zip",
                new Vector(PrintedReports.zip(moved.build(), plant.logKey), false, "an entry under another index"));
        SmallPlant foreign = SmallPlant.withTwoMonths();
        SigningKey stranger = SigningKey.ofSeed(Hash.sha256(new byte[] {9}).bytes());
        foreign.sends(foreign.nextBatch(JULY.plusSeconds(10), 1_500L, 620L).build(), stranger);
        vectors.put(
                "batch-of-a-stranger.zip",
                new Vector(
                        PrintedReports.zip(foreign.bundle().build(), foreign.logKey),
                        false,
                        "a batch in the log that the enrolled key did not sign"));
        SmallPlant revoked = SmallPlant.withTwoMonths();
        revoked.enrol("hall-agent", revoked.agentKey, true);
        revoked.reads(JULY.plusSeconds(10), 1_500L, 620L);
        vectors.put(
                "batch-of-a-revoked-key.zip",
                new Vector(
                        PrintedReports.zip(revoked.bundle().build(), revoked.logKey),
                        false,
                        "a batch behind the revocation of its key"));
        return vectors;
    }

    private static void write(Map<String, Vector> vectors) throws Exception {
        Files.createDirectories(FOLDER);
        ArrayNode table = JSON.createArrayNode();
        for (Map.Entry<String, Vector> vector : vectors.entrySet()) {
            Files.write(FOLDER.resolve(vector.getKey()), vector.getValue().file());
            describe(table, vector.getKey(), vector.getValue());
        }
        if (!Files.exists(PDF)) {
            // its ECDSA signature is random, so that it is made once and kept
            EvidenceBundle bundle = SmallPlant.withTwoMonths().bundle().build();
            Files.write(PDF, PrintedReports.pdf(bundle, PrintedReports.lines(bundle), PrintedReports.signatory()));
        }
        describe(table, "two-months.pdf", new Vector(Files.readAllBytes(PDF), true, "the same report as a signed PDF"));
        JSON.writerWithDefaultPrettyPrinter().writeValue(TABLE.toFile(), table);
    }

    private static void describe(ArrayNode table, String name, Vector vector) throws UnreadableFile {
        ObjectNode row = table.addObject()
                .put("file", name)
                .put("sha256", Hash.sha256(vector.file()).hex())
                .put("valid", vector.valid())
                .put("about", vector.about());
        if (vector.valid()) {
            ArrayNode figures = row.putArray("figures");
            Verification.of(name, vector.file(), TrustAnchors.NONE, Seen.NOTHING)
                    .rows()
                    .forEach(each -> figures.addObject()
                            .put("figure", each.figure().getId())
                            .put("value", each.recomputed())
                            .put("quality", each.quality()));
        }
    }
}
