package energy.audit.agent.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner may read: written with mode 600, refused with any other. */
public final class PrivateFile {
    private static final Set<PosixFilePermission> MODE_600 = PosixFilePermissions.fromString("rw-------");

    private PrivateFile() {}

    /**
     * @return the file's text
     * @throws ConfigurationRefused if it is absent, or its mode is not 600
     */
    public static String read(Path file) {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (!mode.equals(MODE_600)) {
                throw new ConfigurationRefused(
                        file.toString(),
                        "its mode is " + PosixFilePermissions.toString(mode) + ", others may read or change it",
                        "Run: chmod 600 " + file);
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ConfigurationRefused(
                    file.toString(), "there is no such file", "Create it with mode 600; see docs/edge-agent.md");
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    file.toString(), "it cannot be read (" + e + ")", "Check the disk and the file's owner");
        }
    }

    /** Creates the file with mode 600 and makes it durable; fails if it exists. */
    public static void create(Path file, String text) throws IOException {
        try (FileChannel channel = (FileChannel) Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(MODE_600))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
    }
}
