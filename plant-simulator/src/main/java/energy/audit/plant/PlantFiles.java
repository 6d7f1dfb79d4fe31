package energy.audit.plant;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files so that a reader sees the old one or the new one, never half of one. */
final class PlantFiles {
    private PlantFiles() {}

    static void replace(Path file, String text) throws IOException {
        replace(file, text, "rw-r--r--");
    }

    /** @param permissions such as {@code rw-------}; ignored where the file system does not know them */
    static void replace(Path file, String text, String permissions) throws IOException {
        Path part = partOf(file);
        Files.deleteIfExists(part);
        if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        }
        Files.writeString(part, text, StandardCharsets.UTF_8);
        move(part, file);
    }

    static Path partOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file name; name a file in a folder");
        }
        Files.createDirectories(folder);
        return folder.resolve(file.getFileName() + ".part");
    }

    static void move(Path part, Path file) throws IOException {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
