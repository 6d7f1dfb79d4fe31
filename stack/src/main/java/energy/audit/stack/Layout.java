package energy.audit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Where everything lies.
 *
 * @param home the project folder, with the built jars and {@code wildfly-config}
 * @param data the data folder of one stack
 */
record Layout(Path home, Path data) {
    Layout {
        home = home.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
    }

    /** The project folder that the running jar or the working directory belongs to. */
    static Path findHome() {
        String told = System.getProperty("energy.audit.home");
        if (told != null) {
            return Path.of(told);
        }
        for (Path start : List.of(Path.of("").toAbsolutePath(), Programs.own())) {
            for (Path p = start; p != null; p = p.getParent()) {
                if (Files.isDirectory(p.resolve("wildfly-config")) && Files.isRegularFile(p.resolve("pom.xml"))) {
                    return p;
                }
            }
        }
        throw new StackFailure(
                "project folder",
                "not found above " + Path.of("").toAbsolutePath(),
                "Run ./energy-audit of the project, or give -Denergy.audit.home=FOLDER");
    }

    Path servers() {
        return home.resolve("stack/target/servers");
    }

    Path config(String relative) {
        return home.resolve("wildfly-config").resolve(relative);
    }

    Path jar(String module, String file) {
        return home.resolve(module).resolve("target").resolve(file);
    }

    Path marker() {
        return data.resolve("installation.json");
    }

    Path secrets() {
        return data.resolve("secrets.properties");
    }

    Path trust() {
        return data.resolve("trust.json");
    }

    Path pg() {
        return data.resolve("pg");
    }

    Path broker() {
        return data.resolve("broker");
    }

    Path keycloak() {
        return data.resolve("keycloak");
    }

    Path wildfly() {
        return data.resolve("wildfly");
    }

    Path plant() {
        return data.resolve("plant");
    }

    Path agent(String name) {
        return data.resolve("agents").resolve(name);
    }

    Path logger(String site) {
        return data.resolve("loggers").resolve(site);
    }

    Path keys() {
        return data.resolve("keys");
    }

    Path logs() {
        return data.resolve("logs");
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    Path run() {
        return data.resolve("run");
    }

    /** Writes a file that only its owner may read, replacing it in one step. */
    static void writePrivate(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.deleteIfExists(next);
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static void createPrivateDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
}
