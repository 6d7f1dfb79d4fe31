package energy.audit.stack;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The jars that run. A build may replace them while the stack is up, and a program of Java fails when its jar changes
 * under it; so agents and simulator run from copies, and this program loads all its classes when it starts.
 */
final class Programs {
    private Programs() {}

    /** A copy of that jar in the data folder, as new as the jar; running programs keep the copy they have. */
    static Path copy(Layout layout, Path jar) {
        Path copy = layout.data().resolve("programs").resolve(jar.getFileName());
        try {
            if (!Files.isRegularFile(jar)) {
                throw new StackFailure(jar.toString(), "not there", "Build first: ./mvnw -DskipTests package");
            }
            boolean current = Files.isRegularFile(copy)
                    && Files.size(copy) == Files.size(jar)
                    && Files.getLastModifiedTime(copy).equals(Files.getLastModifiedTime(jar));
            if (!current) {
                Files.createDirectories(copy.getParent());
                Path growing = Files.createTempFile(copy.getParent(), "growing", ".jar");
                Files.copy(jar, growing, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                Files.move(growing, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return copy;
        } catch (IOException e) {
            throw new StackFailure(jar.toString(), "cannot be copied to " + copy, "See the cause: " + e, e);
        }
    }

    /** The jar or class folder that this program was loaded from. */
    static Path own() {
        try {
            return Path.of(Stack.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the location of this program is no URI", e);
        }
    }

    /** Loads every class of this package, so that stopping works whatever has happened to the jar. */
    static void loadAll() {
        Path own = own();
        if (!Files.isRegularFile(own)) {
            return;
        }
        String folder = Programs.class.getPackageName().replace('.', '/') + "/";
        try (JarFile jar = new JarFile(own.toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.startsWith(folder) && name.endsWith(".class") && !name.endsWith("package-info.class")) {
                    Class.forName(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                            false,
                            Programs.class.getClassLoader());
                }
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new StackFailure(
                    own.toString(), "cannot be read whole", "Build again: ./mvnw -DskipTests package", e);
        }
    }
}
