package energy.audit.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Properties;

/** The random passwords of one stack, kept in {@code secrets.properties} (mode 600); a name gets its secret once. */
final class Secrets {
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final int LENGTH = 32;

    private final Path file;
    private final SecureRandom random;
    private final Properties known = new Properties();

    Secrets(Path file, SecureRandom random) {
        this.file = file;
        this.random = random;
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                known.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
    }

    /** The secret of that name: 32 letters and digits, made at the first call. */
    synchronized String of(String name) {
        String secret = known.getProperty(name);
        if (secret == null) {
            StringBuilder made = new StringBuilder(LENGTH);
            for (int i = 0; i < LENGTH; i++) {
                made.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            secret = made.toString();
            known.setProperty(name, secret);
            save();
        }
        return secret;
    }

    private void save() {
        StringWriter out = new StringWriter();
        try {
            known.store(out, "Secrets of this energy-audit installation. Keep private.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Layout.writePrivate(file, out.toString());
    }
}
