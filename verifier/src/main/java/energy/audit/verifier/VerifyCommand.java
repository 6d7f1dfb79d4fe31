package energy.audit.verifier;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify FILE…}: exit status 0 all VALID, 1 one is INVALID, 2 one cannot be read or the call is wrong. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        version = "energy-audit verifier 0.1.0",
        description = {
            "Checks energy reports (PDF or CSV zip) without a network and recomputes every figure from the signed readings "
                    + "inside. Says VALID or INVALID, and why."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  verify report.pdf --trust trust.json",
            "  verify january.zip february.zip --json",
            "  verify report.pdf --explain F0001",
            "  verify report.pdf --checkpoint seen-at-the-plant.txt",
            "",
            "Exit status: 0 all files VALID, 1 at least one INVALID, 2 a file could not be read."
        },
        exitCodeOnInvalidInput = 2,
        exitCodeOnExecutionException = 2)
public final class VerifyCommand implements Callable<Integer> {
    static final int VALID = 0;
    static final int INVALID = 1;
    static final int UNREADABLE = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "report files, PDF or zip")
    private List<Path> files = List.of();

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description =
                    "JSON with the keys you were given: installation, logPublicKey, reportCertificateSha256, agents")
    private Optional<Path> trust = Optional.empty();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "a signed head of the log that you have seen elsewhere; may be given several times")
    private List<Path> checkpoints = List.of();

    @Option(
            names = "--proof",
            paramLabel = "FILE",
            description = "JSON of /log/proof/consistency from the server, to link a checkpoint of another size")
    private List<Path> proofs = List.of();

    @Option(
            names = "--explain",
            paramLabel = "FIGURE",
            description = "the way from a figure, e.g. F0001, down to register readings")
    private Optional<String> explain = Optional.empty();

    @Option(
            names = "--take-out",
            paramLabel = "FOLDER",
            description =
                    "with --explain: write the evidence of the figure's last reading as plain files, to be checked "
                            + "by hand with openssl and sha256sum")
    private Optional<Path> takeOut = Optional.empty();

    @Option(
            names = "--json",
            description = "one JSON document instead of text; of several files, it lists them under \"files\"")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "also write the result as one page for a browser, to be read and printed")
    private Optional<Path> html = Optional.empty();

    @Override
    public Integer call() {
        System.setProperty("org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
                : spec.commandLine().getOut();
        PrintWriter err = spec == null
                ? new PrintWriter(System.err, true, StandardCharsets.UTF_8)
                : spec.commandLine().getErr();
        if (takeOut.isPresent() && explain.isEmpty()) {
            err.println("--take-out needs a figure: add --explain F0001.");
            return UNREADABLE;
        }
        TrustAnchors anchors;
        Seen seen;
        try {
            anchors = trust.isPresent() ? TrustAnchors.read(trust.get()) : TrustAnchors.NONE;
            List<OutsideCheckpoint> heads = new ArrayList<>();
            for (Path checkpoint : checkpoints) {
                heads.add(OutsideCheckpoint.read(checkpoint));
            }
            List<ConsistencyProof> links = new ArrayList<>();
            for (Path proof : proofs) {
                links.add(ConsistencyProof.read(proof));
            }
            seen = new Seen(heads, links);
        } catch (UnreadableFile e) {
            err.println(e.getMessage());
            return UNREADABLE;
        }
        JsonForMachines document = new JsonForMachines();
        ResultPage page = new ResultPage();
        int status = VALID;
        for (Path file : files) {
            int one = verify(file, anchors, seen, document, page, out, err);
            status = Math.max(status, one);
        }
        if (json) {
            out.println(document.text(status));
        }
        out.flush();
        return html.isPresent() ? Math.max(status, write(page, html.get(), err)) : status;
    }

    private static int write(ResultPage page, Path file, PrintWriter err) {
        try {
            Files.writeString(file, page.text());
            return VALID;
        } catch (IOException e) {
            err.println("The page " + file + " cannot be written: " + e + ". Name another file.");
            return UNREADABLE;
        }
    }

    private int verify(
            Path file,
            TrustAnchors anchors,
            Seen seen,
            JsonForMachines document,
            ResultPage page,
            PrintWriter out,
            PrintWriter err) {
        try {
            Verification verification = Verification.of(file.toString(), Files.readAllBytes(file), anchors, seen);
            page.add(verification);
            if (json) {
                document.add(verification, anchors);
            } else {
                out.println(WordsForPeople.of(verification));
            }
            if (explain.isPresent() && verification.recomputation().isPresent()) {
                explain(explain.get(), verification, document, out);
            }
            return verification.valid() ? VALID : INVALID;
        } catch (UnreadableFile e) {
            return unreadable(file, String.valueOf(e.getMessage()), document, page, err);
        } catch (FigureRefused e) {
            return unreadable(file, "Nothing to explain: " + e.getMessage() + ".", document, page, err);
        } catch (IOException e) {
            return unreadable(file, file + " cannot be read: " + e, document, page, err);
        } catch (OutOfMemoryError e) {
            return unreadable(
                    file,
                    file + " needs more memory than the "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB this program was given. Either it was made to exhaust its reader, or it is a large "
                            + "report: give more with java -Xmx2g -jar.",
                    document,
                    page,
                    err);
        }
    }

    private void explain(String figure, Verification verification, JsonForMachines document, PrintWriter out)
            throws FigureRefused, IOException {
        LogEvidence log = verification.log().orElseThrow();
        Recomputation recomputation = verification.recomputation().orElseThrow();
        List<String> lines = new Explanation(log, recomputation).of(figure);
        if (takeOut.isPresent()) {
            new HandCheck(log.bundle(), log, takeOut.get()).takeOut(recomputation.figure(figure));
        }
        if (json) {
            document.addExplanation(figure, lines);
        } else {
            lines.forEach(out::println);
            out.println();
        }
    }

    private int unreadable(Path file, String why, JsonForMachines document, ResultPage page, PrintWriter err) {
        page.addUnreadable(file.toString(), why);
        if (json) {
            document.addUnreadable(file.toString(), why);
        } else {
            err.println(why);
        }
        return UNREADABLE;
    }
}
