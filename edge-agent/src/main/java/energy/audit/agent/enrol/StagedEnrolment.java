package energy.audit.agent.enrol;

import energy.audit.agent.config.PrivateFile;
import energy.audit.agent.keep.Disk;
import energy.audit.evidence.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An enrolment under way, in a folder of its own, so that the agent's directory has all of it or nothing. The keys are made
 * in {@code enrolment.part}; with the papers beside them it becomes {@code enrolment.done} in one step, and then its files
 * take their places. A crash before that step leaves nothing, after it the next start finishes.
 */
public final class StagedEnrolment {
    private static final String PART = "enrolment.part";
    private static final String DONE = "enrolment.done";
    private static final String AUTHORITY = "authority.pem";
    private static final String SETTINGS = "audit-engine.conf";

    private final Path directory;

    /** @param directory the agent's */
    public StagedEnrolment(Path directory) {
        this.directory = directory;
    }

    private Path part() {
        return directory.resolve(PART);
    }

    /** Moves what a finished enrolment has left to its place; does nothing otherwise. */
    public void finish() throws IOException {
        Path done = directory.resolve(DONE);
        if (!Files.isDirectory(done)) {
            return;
        }
        List<Path> files = Disk.REAL.list(done);
        for (Path file : files) {
            // the settings last: an agent does not start without them
            if (!file.getFileName().toString().equals(SETTINGS)) {
                put(file);
            }
        }
        Disk.REAL.forceNames(directory);
        if (Files.exists(done.resolve(SETTINGS))) {
            put(done.resolve(SETTINGS));
        }
        Disk.REAL.forceNames(directory);
        Files.delete(done);
    }

    /** Moves a file to its place; where a link stands there, as packages make them, the file behind it gets the content. */
    private void put(Path file) throws IOException {
        Path place = directory.resolve(file.getFileName());
        if (!Files.isSymbolicLink(place)) {
            Disk.REAL.rename(file, place);
            return;
        }
        // written in place, since its directory may not be ours to write; a crash leaves our copy, and it is written
        // again
        try (FileChannel behind = FileChannel.open(
                place, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            behind.write(ByteBuffer.wrap(Disk.REAL.readAll(file)));
            behind.force(true);
        }
        Disk.REAL.delete(file);
    }

    /** The TLS key, made here; that of an attempt whose answer was lost is used again. */
    public TlsIdentity tls(SecureRandom random) throws IOException {
        open();
        TlsIdentity identity = new TlsIdentity(part());
        identity.keyMadeIfAbsent(random);
        return identity;
    }

    /** The key that signs: the directory's, or one that is made here; that of a lost attempt is used again. */
    public SigningKey signingKey(SecureRandom random) throws IOException {
        open();
        Path own = directory.resolve("agent.key");
        Path staged = part().resolve("agent.key");
        if (!Files.exists(own) && !Files.exists(staged)) {
            SigningKey key = SigningKey.generate(random);
            PrivateFile.create(staged, Base64.getEncoder().encodeToString(key.seed()) + "\n");
        }
        return SigningKey.ofSeed(Base64.getDecoder()
                .decode(PrivateFile.read(Files.exists(own) ? own : staged).strip()));
    }

    private void open() throws IOException {
        Disk.REAL.makeDirectory(directory);
        if (!Files.isDirectory(part())) {
            Files.createDirectory(
                    part(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Forgets the attempt and its keys: the answer was no. */
    public void giveUp() throws IOException {
        if (Files.isDirectory(part())) {
            for (Path file : Disk.REAL.list(part())) {
                Files.delete(file);
            }
            Files.delete(part());
        }
    }

    /** Writes the papers, and puts everything in its place. @param url the portal's, kept for renewals */
    public void complete(Papers papers, SigningKey key, String url) throws IOException {
        write("agent-tls.crt", papers.certificate());
        write("log-key.pub", papers.logPublicKey() + "\n");
        write(
                "agent.pub",
                Base64.getEncoder().encodeToString(key.verificationKey().raw()) + "\n");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("tenant", papers.tenant());
        settings.put("agent", papers.agent());
        settings.put("site", papers.site());
        settings.put("installation", papers.installation());
        settings.put("mqtt.host", papers.brokerHost());
        settings.put("mqtt.port", Integer.toString(papers.brokerPort()));
        settings.put("mqtt.user", papers.tenant() + "." + papers.agent());
        settings.put("mqtt.tls", "true");
        settings.put("backend.url", url);
        if (papers.brokerAuthority().isBlank()) {
            settings.put("mqtt.tls.ca-file", "");
            settings.put("backend.ca-file", "");
        } else {
            write(AUTHORITY, papers.brokerAuthority());
            settings.put("mqtt.tls.ca-file", AUTHORITY);
            settings.put("backend.ca-file", AUTHORITY);
        }
        write(SETTINGS, settings(settings));
        Disk.REAL.rename(part(), directory.resolve(DONE));
        Disk.REAL.forceNames(directory);
        finish();
    }

    /** What the operator has set besides stays. */
    private String settings(Map<String, String> enrolled) throws IOException {
        StringBuilder text =
                new StringBuilder("# who this agent is, and where it sends: written by edge-agent enrol\n");
        enrolled.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        Path file = directory.resolve(SETTINGS);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (!enrolled.containsKey(line.split("=", 2)[0].strip())) {
                    text.append(line).append('\n');
                }
            }
        }
        return text.toString();
    }

    private void write(String name, String text) throws IOException {
        Disk.REAL.replace(part().resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
