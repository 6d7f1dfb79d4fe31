package energy.audit.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A Debian package, read without dpkg: deb(5) is an ar archive of {@code debian-binary} and two tar archives. */
record DebianPackage(Path file, Map<String, byte[]> members, Map<String, Part> control, Map<String, Part> data) {
    /** A file, directory or link in one of the tar archives; its path begins with {@code ./}. */
    record Part(TarArchiveEntry header, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** Neither a directory nor a link. */
        boolean isRegularFile() {
            return header.isFile() && !header.isSymbolicLink();
        }

        /** The twelve bits of permission. */
        int mode() {
            return header.getMode() & 07777;
        }
    }

    /** The one that the build of this module has made. */
    static DebianPackage built() throws IOException {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(Path.of("target"), "energy-audit-agent_*_all.deb")) {
            for (Path file : found) {
                return read(file);
            }
        }
        throw new IOException("target/energy-audit-agent_<version>_all.deb is absent; run the phase package first");
    }

    private static DebianPackage read(Path file) throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (ArArchiveInputStream ar = new ArArchiveInputStream(Files.newInputStream(file))) {
            ArArchiveEntry member;
            while ((member = ar.getNextEntry()) != null) {
                members.put(member.getName(), ar.readAllBytes());
            }
        }
        return new DebianPackage(
                file,
                members,
                parts(Objects.requireNonNull(members.get("control.tar.gz"))),
                parts(Objects.requireNonNull(members.get("data.tar.gz"))));
    }

    private static Map<String, Part> parts(byte[] archive) throws IOException {
        Map<String, Part> parts = new TreeMap<>();
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                parts.put(entry.getName(), new Part(entry, tar.readAllBytes()));
            }
        }
        return parts;
    }

    /** A field of {@code control}. */
    String field(String name) {
        for (String line : controlFile("control").text().split("\n")) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        throw new IllegalStateException("control has no field " + name);
    }

    Part controlFile(String name) {
        return Objects.requireNonNull(control.get("./" + name), "control." + name);
    }

    Part installed(String path) {
        return Objects.requireNonNull(data.get("." + path), path);
    }
}
