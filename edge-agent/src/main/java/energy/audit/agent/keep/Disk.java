package energy.audit.agent.keep;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * What keeping asks of a file system, and no more, so that a test can stand below it and lose whatever was not forced.
 * Nothing is durable by itself: bytes are after {@link Opened#force}, names (of new, renamed and deleted files and
 * directories) after {@link #forceNames} of the directory that holds them, as POSIX.1 promises and not more.
 */
public interface Disk {
    /** The machine's own. */
    Disk REAL = new RealDisk();

    /** An open file. */
    interface Opened extends Closeable {
        /** In bytes. */
        long size() throws IOException;

        /** @return bytes read, -1 at the end of the file */
        int read(ByteBuffer into, long at) throws IOException;

        /** @return bytes written, which may be fewer than there are */
        int write(ByteBuffer from, long at) throws IOException;

        void truncate(long bytes) throws IOException;

        /** Returns when all bytes and the size are durable. */
        void force() throws IOException;
    }

    /** For reading and writing; made if it is absent. */
    Opened open(Path file) throws IOException;

    /** For reading. */
    Opened openToRead(Path file) throws IOException;

    boolean exists(Path path) throws IOException;

    /** What lies in a directory, sorted by name. */
    List<Path> list(Path directory) throws IOException;

    /** Makes a directory and its parents if they are absent; their names are durable when this returns. */
    void makeDirectory(Path directory) throws IOException;

    /** Replaces what has the new name, in one step. */
    void rename(Path from, Path to) throws IOException;

    /** Does nothing if there is no such file. */
    void delete(Path file) throws IOException;

    /** Returns when the names in a directory are durable. */
    void forceNames(Path directory) throws IOException;

    /** All bytes of a file. */
    default byte[] readAll(Path file) throws IOException {
        try (Opened in = openToRead(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(in.size()));
            int at = 0;
            while (bytes.hasRemaining()) {
                int n = in.read(bytes, at);
                if (n < 0) {
                    throw new IOException(file + " became shorter while it was read");
                }
                at += n;
            }
            return bytes.array();
        }
    }

    /** Writes all bytes from an offset on. */
    static void writeFully(Opened file, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    /** Replaces a small file as a whole: after a crash it is the old one or the new one, and the new one once this returned. */
    default void replace(Path file, byte[] content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (Opened out = open(next)) {
            out.truncate(0);
            writeFully(out, ByteBuffer.wrap(content), 0);
            out.force();
        }
        rename(next, file);
        forceNames(parentOf(file));
    }

    /** The directory that holds a name. */
    static Path parentOf(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " is in no directory");
        }
        return parent;
    }
}
