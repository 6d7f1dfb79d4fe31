package energy.audit.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.evidence.Hash;
import energy.audit.evidence.wire.EvidenceBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
    private final SmallPlant plant = SmallPlant.withTwoMonths();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void aValidReportEndsWithZeroAndATableOfPrintedAndRecomputed() throws Exception {
        assertThat(run(zip("r.zip").toString())).isZero();
        assertThat(out.toString())
                .startsWith("VALID ")
                .containsPattern("F0001 +250\\.0 +250\\.0 +kWh +measured +=")
                .contains("not from you");
    }

    @Test
    void anInvalidReportEndsWithOneAndSaysWhatToDo() throws Exception {
        plant.figures().getFiguresBuilder(0).setValue("1.0");
        assertThat(run(zip("r.zip").toString())).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("INVALID ")
                .contains("F0001: value is given as 1.0, recomputed from the readings it is 250.0")
                .contains("Do not rely on this file")
                .contains("DIFFERS");
    }

    @Test
    void aFileThatIsNoReportOrIsNotThereEndsWithTwo() throws Exception {
        Path text = Files.writeString(folder.resolve("letter.txt"), "Dear auditor");
        assertThat(run(text.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("letter.txt is neither a PDF nor a zip");
        assertThat(run(folder.resolve("absent.pdf").toString())).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run(zip("r.zip").toString(), "--trust", text.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is not JSON");
    }

    @Test
    void theResultCanBeHadAsAPageThatRunsNothing() throws Exception {
        plant.figures().getFiguresBuilder(0).setValue("249.0").setLabel("<script>alert(1)</script>");
        Path page = folder.resolve("result.html");
        assertThat(run(zip("r.zip").toString(), "--html", page.toString())).isEqualTo(1);
        assertThat(Files.readString(page))
                .contains("INVALID", "F0001", "249.0", "250.0", "&lt;script&gt;", "@media print")
                .doesNotContain("<script");
        assertThat(run(zip("r.zip").toString(), "--html", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("cannot be written");
    }

    @Test
    void theWorstOfSeveralFilesDecidesTheExitStatus() throws Exception {
        Path good = zip("good.zip");
        plant.figures().getFiguresBuilder(0).setValue("1.0");
        assertThat(run(good.toString(), zip("bad.zip").toString())).isEqualTo(1);
    }

    @Test
    void theTrustFileOfTheStackPinsEveryKey() throws Exception {
        EvidenceBundle bundle = plant.bundle().build();
        PrintedReports.Signatory signatory = PrintedReports.signatory();
        Path pdf = Files.write(
                folder.resolve("r.pdf"), PrintedReports.pdf(bundle, PrintedReports.lines(bundle), signatory));
        Path trust = Files.writeString(
                folder.resolve("trust.json"),
                "{\"installation\":\"plant-7\",\"logPublicKey\":\""
                        + base64(plant.logKey.verificationKey().raw())
                        + "\",\"reportCertificateSha256\":\""
                        + Hash.sha256(signatory.certificate().getEncoded()).hex()
                        + "\",\"agents\":[{\"tenant\":\"demo\",\"agent\":\"hall-agent\",\"publicKey\":\""
                        + base64(plant.agentKey.verificationKey().raw()) + "\"}]}");
        assertThat(run(pdf.toString(), "--trust", trust.toString())).isZero();
        assertThat(out.toString())
                .contains("the signing certificate is the trusted one")
                .doesNotContain("Please note");
    }

    @Test
    void anExplanationLeadsFromTheFigureDownToTheRegister() throws Exception {
        assertThat(run(zip("r.zip").toString(), "--explain", "F0004")).isZero();
        assertThat(out.toString())
                .contains("sum/v1: the sum of F0002")
                .contains("0.01 x 10 kWh per count")
                .contains("count 500 at 2026-04-30T22:00:00Z")
                .contains("count 620 at 2026-05-31T22:00:00Z")
                .contains("in batch 2 of hall-agent, SHA-256 ")
                .contains("log entry 4, admitted ");
        assertThat(run(zip("r.zip").toString(), "--explain", "F0999")).isEqualTo(2);
        assertThat(err.toString()).contains("the report has no figure F0999");
    }

    /** The commands are read from the document, so what is written there is what was run. */
    @Test
    void oneReadingIsCheckedByHandAsTheGuideSays() throws Exception {
        Path document = Path.of("../docs/check-by-hand.md");
        Matcher block = Pattern.compile("<!-- by hand -->\\s*```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(document));
        assertThat(block.find()).as("the commands in " + document).isTrue();
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/openssl")) && Files.isExecutable(Path.of("/usr/bin/xxd")),
                "openssl and xxd are not installed here");
        Path taken = folder.resolve("reading");
        assertThat(run("../docs/evidence-vectors/two-months.zip", "--explain", "F0001", "--take-out", taken.toString()))
                .isZero();
        assertThat(shell(block.group(1), taken))
                .contains("Signature Verified Successfully")
                .contains("same root");
        byte[] entry = Files.readAllBytes(taken.resolve("entry.bin"));
        entry[entry.length - 1] ^= 1;
        Files.write(taken.resolve("entry.bin"), entry);
        assertThat(shell(block.group(1), taken)).contains("OTHER ROOT");
    }

    private static String shell(String commands, Path folder) throws Exception {
        Process shell = new ProcessBuilder("bash", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return printed;
    }

    @Test
    void machinesGetOneJsonDocument() throws Exception {
        assertThat(run(zip("r.zip").toString(), "--json", "--explain", "F0001")).isZero();
        JsonNode file = new ObjectMapper().readTree(out.toString());
        assertThat(file.get("exitStatus").asInt()).isZero();
        assertThat(file.get("verdict").asText()).isEqualTo("VALID");
        assertThat(file.get("figures").get(0).get("recomputed").asText()).isEqualTo("250.0");
        assertThat(file.get("figures").get(0).get("channel").asText()).isEqualTo(SmallPlant.MAIN);
        assertThat(file.get("pinned").get("logKey").asBoolean()).isFalse();
        assertThat(file.get("explanation").get("lines")).isNotEmpty();
    }

    @Test
    void ofSeveralFilesTheDocumentListsThem() throws Exception {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear auditor");
        assertThat(run(zip("r.zip").toString(), letter.toString(), "--json")).isEqualTo(2);
        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertThat(document.get("verdict").asText()).isEqualTo("UNREADABLE");
        assertThat(document.get("files")).hasSize(2);
        assertThat(document.get("files").get(0).get("verdict").asText()).isEqualTo("VALID");
    }

    private Path zip(String name) throws IOException {
        return Files.write(
                folder.resolve(name), PrintedReports.zip(plant.bundle().build(), plant.logKey));
    }

    private int run(String... arguments) {
        return new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
