package energy.audit.log;

import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.SigningKey;
import energy.audit.kernel.Fault;
import energy.audit.kernel.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * With what checkpoints and receipts are signed.
 *
 * @param installation names this installation in the origin of every log
 * @param key never leaves this program
 */
public record LogKey(String installation, SigningKey key) {
    /** Of the directory with the keys. */
    static final String DIRECTORY_PROPERTY = "energy.audit.keys.dir";

    static final String INSTALLATION_PROPERTY = "energy.audit.installation";

    /** Reads {@code log-signing.key} (the 32-byte seed in base64) from the directory with the keys. */
    public static LogKey read(Path directory, String installation) {
        Path file = directory.resolve("log-signing.key");
        try {
            return new LogKey(
                    installation,
                    SigningKey.ofSeed(
                            Base64.getDecoder().decode(Files.readString(file).strip())));
        } catch (IOException | IllegalArgumentException e) {
            throw new Fault(
                    "LOG_KEY_UNREADABLE",
                    "log key " + file,
                    String.valueOf(e.getMessage()),
                    "Put the installation's 32-byte seed there, base64, mode 600; without it nothing can be admitted.",
                    e);
        }
    }

    String name() {
        return Checkpoint.keyNameOf(installation);
    }

    String origin(TenantId tenant) {
        return Checkpoint.originOf(installation, tenant.value());
    }

    /** Never the key itself. */
    @Override
    public String toString() {
        return "LogKey[" + installation + "]";
    }
}
