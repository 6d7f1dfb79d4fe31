package energy.audit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The unpacked servers that the build fetched through Maven. */
final class Servers {
    private Servers() {}

    /** The folder whose name is that prefix and a version; the highest name if there are several. */
    static Path folder(Layout layout, String prefix) {
        Path best = null;
        if (Files.isDirectory(layout.servers())) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(layout.servers(), prefix + "[0-9]*")) {
                for (Path folder : found) {
                    boolean complete = !folder.getFileName().toString().contains("growing");
                    if (complete && (best == null || folder.compareTo(best) > 0)) {
                        best = folder;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + layout.servers(), e);
            }
        }
        if (best == null) {
            throw new StackFailure(
                    prefix + "*", "not in " + layout.servers(), "Build first: ./mvnw -DskipTests package");
        }
        return best;
    }

    static Path driver(Layout layout) {
        return layout.servers().resolve("driver/postgresql.jar");
    }

    /** The jar with the classes that run inside the broker. */
    static Path brokerPlugin(Layout layout) {
        Path target = layout.home().resolve("stack/target");
        try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "energy-audit-stack-*-broker.jar")) {
            for (Path jar : found) {
                return jar;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + target, e);
        }
        throw new StackFailure(
                "energy-audit-stack-*-broker.jar", "not in " + target, "Build first: ./mvnw -DskipTests package");
    }
}
