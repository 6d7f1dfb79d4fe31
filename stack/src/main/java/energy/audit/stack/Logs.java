package energy.audit.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Reads the parts' log files. */
final class Logs {
    private static final int TAIL_BYTES = 64 * 1024;

    private static final long ROTATE_BYTES = 20L * 1024 * 1024;

    private Logs() {}

    /** Puts a log of more than 20 MiB aside as {@code NAME.log.1}, before a program starts to write. */
    static void rotate(Path file) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > ROTATE_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The last lines of a file, at most its last 64 KiB; empty where there is none. */
    static String tail(Path file, int lines) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - TAIL_BYTES);
            in.seek(from);
            byte[] bytes = new byte[(int) (in.length() - from)];
            in.readFully(bytes);
            String[] all = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
            int end = all.length > 0 && all[all.length - 1].isEmpty() ? all.length - 1 : all.length;
            StringBuilder tail = new StringBuilder();
            for (int i = Math.max(0, end - lines); i < end; i++) {
                tail.append(all[i]).append('\n');
            }
            return tail.toString();
        } catch (IOException e) {
            return "(cannot read " + file + ": " + e.getMessage() + ")";
        }
    }

    /** What was written behind that byte position, at most 64 KiB of its end. */
    static String since(Path file, long position) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(position, in.length() - TAIL_BYTES);
            if (from >= in.length()) {
                return "";
            }
            in.seek(from);
            byte[] bytes = new byte[(int) (in.length() - from)];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(cannot read " + file + ": " + e.getMessage() + ")";
        }
    }
}
