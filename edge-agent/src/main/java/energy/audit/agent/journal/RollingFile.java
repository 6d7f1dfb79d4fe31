package energy.audit.agent.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A text file that starts anew when it is full and keeps its last few predecessors ({@code name.1} is the youngest). */
final class RollingFile implements Closeable {
    private final Path path;
    private final long maxBytes;
    private final int predecessors;
    private FileChannel channel;
    private long size;

    /**
     * @param maxBytes size at which the file is set aside
     * @param predecessors how many set-aside files stay, at least 1
     */
    RollingFile(Path path, long maxBytes, int predecessors) throws IOException {
        this.path = path;
        this.maxBytes = maxBytes;
        this.predecessors = predecessors;
        this.channel = open();
        this.size = channel.size();
    }

    synchronized void line(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
        if (size > 0 && size + bytes.remaining() > maxBytes) {
            roll();
        }
        size += bytes.remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void roll() throws IOException {
        channel.close();
        for (int i = predecessors; i >= 1; i--) {
            Path from = i == 1 ? path : numbered(i - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        channel = open();
        size = 0;
    }

    private Path numbered(int i) {
        return path.resolveSibling(path.getFileName() + "." + i);
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
