package energy.audit.agent.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The keys of the uplinks that were kept last, on the disk, so that a copy that comes after a restart is known too. */
final class SeenUplinks implements Closeable {
    /** Two days of 30 sensors that report every quarter hour, with room. */
    private static final int REMEMBERED = 10_000;

    private final Set<String> keys = new LinkedHashSet<>();
    private final FileChannel file;

    SeenUplinks(Path path) throws IOException {
        if (Files.exists(path)) {
            keys.addAll(Files.readAllLines(path, StandardCharsets.UTF_8));
            forgetOldest();
        }
        Path next = path.resolveSibling(path.getFileName() + ".next");
        Files.write(next, keys, StandardCharsets.UTF_8);
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        file = FileChannel.open(path, StandardOpenOption.APPEND);
    }

    synchronized boolean contains(String key) {
        return keys.contains(key);
    }

    /** Durable when it returns. */
    synchronized void add(Collection<String> kept) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String key : kept) {
            if (keys.add(key)) {
                lines.append(key).append('\n');
            }
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
        forgetOldest();
    }

    private void forgetOldest() {
        Iterator<String> oldest = keys.iterator();
        while (keys.size() > REMEMBERED) {
            oldest.next();
            oldest.remove();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
