package energy.audit.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

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
            secret = invent();
            replace(name, secret);
        }
        return secret;
    }

    /** A new secret that nobody has yet. */
    synchronized String invent() {
        StringBuilder made = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            made.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return made.toString();
    }

    synchronized void replace(String name, String secret) {
        known.setProperty(name, secret);
        save();
    }

    synchronized Set<String> names() {
        return new TreeSet<>(known.stringPropertyNames());
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
