package energy.audit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Cosignature;
import energy.audit.evidence.Hash;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.Merkle;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.VerificationKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A witness's one rule, as a program: sign a head only when it continues the last one that was signed. */
@Command(
        name = "cosign",
        mixinStandardHelpOptions = true,
        description = {
            "Signs a head of a log as its witness, if it continues the last head that was signed for this log; writes the",
            "note with one more line (C2SP tlog-cosignature). What was signed last is kept beside the key, in KEY.heads.",
            "No network: get checkpoint and proof from the server, hand the result in at /log/cosignatures."
        },
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Exit status: 0 signed, 1 this head is not signed (another history, or no proof), 2 the input cannot be used.",
            "Example: energy-audit cosign --name auditor.example/anna --key anna.key --new-key",
            "         energy-audit cosign --name auditor.example/anna --key anna.key --log-key BASE64 \\",
            "             --checkpoint head.checkpoint --proof proof.json --out head.cosigned"
        })
final class Cosign implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "the witness, such as auditor.example/anna")
    private String name = "";

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "the witness's private key")
    private Path key = Path.of("");

    @Option(names = "--new-key", description = "make the key, print its public key, and sign nothing")
    private boolean newKey;

    @Option(names = "--checkpoint", paramLabel = "FILE", description = "the head, as the server gave it")
    private Optional<Path> checkpoint = Optional.empty();

    @Option(names = "--log-key", paramLabel = "KEY", description = "public key of the log, 32 bytes in base64")
    private Optional<String> logKey = Optional.empty();

    @Option(
            names = "--proof",
            paramLabel = "FILE",
            description =
                    "JSON of /log/proof/consistency from the size signed last to this one; not needed for the first")
    private Optional<Path> proof = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "where the cosigned note goes (default: standard output)")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (newKey) {
            return make();
        }
        String note = read(checkpoint.orElseThrow(
                () -> Refused.input("--checkpoint", "is missing", "Name the head to sign, or --new-key.")));
        Checkpoint head = opened(note);
        Path memory = key.resolveSibling(key.getFileName() + ".heads");
        List<Checkpoint> known = known(memory);
        Optional<Checkpoint> last = known.stream()
                .filter(each -> each.origin().equals(head.origin()))
                .findFirst();
        last.ifPresent(before -> mustContinue(before, head));
        List<Checkpoint> next = new ArrayList<>(known.stream()
                .filter(each -> !each.origin().equals(head.origin()))
                .toList());
        next.add(head);
        // remembered before it is given away: a crash between the two must not let another history be signed
        write(memory, text(next));
        String signed = signed(note);
        if (out.isPresent()) {
            Files.writeString(out.get(), signed);
        } else {
            spec.commandLine().getOut().print(signed);
            spec.commandLine().getOut().flush();
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println(name + " cosigned " + head.origin() + " with " + head.size() + " entries"
                + last.map(before -> ", which continue the " + before.size() + " signed before")
                        .orElse(", the first")
                + ".");
        return 0;
    }

    private void mustContinue(Checkpoint before, Checkpoint head) {
        String what = head.origin() + " with " + head.size() + " entries";
        if (head.size() < before.size()) {
            throw Refused.no(
                    what,
                    "is smaller than the head signed last, " + before.size() + " entries",
                    "Get the newest checkpoint. If the server has none as large, keep this one: the log was cut.");
        }
        if (head.size() == before.size()) {
            if (!head.root().equals(before.root())) {
                throw Refused.no(
                        what,
                        "has root " + head.root() + ", the head signed last has " + before.root(),
                        "Keep the file: with the cosigned one it proves that the log shows two histories.");
            }
            return;
        }
        if (proof.isEmpty()) {
            throw Refused.no(
                    what,
                    "is not shown to continue the " + before.size() + " entries signed last",
                    "Get /log/proof/consistency?from=" + before.size() + "&to=" + head.size()
                            + " and name it with --proof.");
        }
        if (!Merkle.consistent(before.size(), head.size(), before.root(), head.root(), path(proof.get()))) {
            throw Refused.no(
                    what,
                    "does not continue the " + before.size() + " entries signed last, or the proof is for other sizes",
                    "Get the proof from=" + before.size() + " to=" + head.size()
                            + " anew. If it still does not compute, keep all files: the log was rewritten.");
        }
    }

    private Checkpoint opened(String note) {
        String base64 = logKey.orElseThrow(() -> Refused.input(
                "--log-key", "is missing", "It is logPublicKey of the trust file, and stands on the Evidence page."));
        try {
            Checkpoint claimed = Checkpoint.claimed(note);
            return Checkpoint.open(
                    note,
                    claimed.keyName(),
                    VerificationKey.of(Base64.getDecoder().decode(base64)));
        } catch (MalformedEvidence e) {
            throw Refused.no(
                    String.valueOf(checkpoint.orElse(Path.of(""))),
                    String.valueOf(e.getMessage()),
                    "Sign only what the log's key has signed.");
        } catch (IllegalArgumentException e) {
            throw Refused.input("--log-key " + base64, String.valueOf(e.getMessage()), "Give 32 bytes in base64.");
        }
    }

    private String signed(String note) throws IOException {
        try {
            SigningKey signing =
                    SigningKey.ofSeed(Base64.getDecoder().decode(read(key).strip()));
            return Cosignature.addTo(note, name, signing, Clock.systemUTC().instant());
        } catch (MalformedEvidence | IllegalArgumentException e) {
            throw Refused.input(
                    "--key " + key + ", --name " + name, String.valueOf(e.getMessage()), "Make a key with --new-key.");
        }
    }

    private int make() throws IOException {
        if (Files.exists(key)) {
            throw Refused.input("--key " + key, "exists already", "Name another file; a key is not written over.");
        }
        SigningKey made = SigningKey.generate(new SecureRandom());
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, Base64.getEncoder().encodeToString(made.seed()) + "\n");
        spec.commandLine()
                .getOut()
                .println(Base64.getEncoder()
                        .encodeToString(made.verificationKey().raw()));
        spec.commandLine().getOut().flush();
        spec.commandLine()
                .getErr()
                .println("The line above is the public key. Have it registered at /log/witnesses with the name " + name
                        + ", and give it to whoever checks reports, for \"witnesses\" in the trust file.");
        return 0;
    }

    private static List<Checkpoint> known(Path memory) throws IOException {
        List<Checkpoint> known = new ArrayList<>();
        if (!Files.exists(memory)) {
            return known;
        }
        for (String line : Files.readAllLines(memory)) {
            String[] parts = line.split(" ");
            if (parts.length != 3) {
                throw Refused.input(
                        memory.toString(),
                        "is damaged at '" + line + "'",
                        "Restore it; without it no head may be signed.");
            }
            known.add(new Checkpoint(
                    parts[0], Long.parseLong(parts[1]), Hash.of(HexFormat.of().parseHex(parts[2]))));
        }
        return known;
    }

    private static String text(List<Checkpoint> heads) {
        StringBuilder text = new StringBuilder();
        heads.forEach(head -> text.append(head.origin())
                .append(' ')
                .append(head.size())
                .append(' ')
                .append(head.root().hex())
                .append('\n'));
        return text.toString();
    }

    private static void write(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Hash> path(Path file) {
        try {
            JsonNode json = new ObjectMapper().readTree(read(file));
            List<Hash> path = new ArrayList<>();
            json.path("path").forEach(hash -> path.add(Hash.of(HexFormat.of().parseHex(hash.asText()))));
            return path;
        } catch (IOException | IllegalArgumentException e) {
            throw Refused.input(
                    "--proof " + file, String.valueOf(e.getMessage()), "Give the server's answer as it was.");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Refused.input(file.toString(), "cannot be read: " + e, "Check the name and its permissions.");
        }
    }
}
