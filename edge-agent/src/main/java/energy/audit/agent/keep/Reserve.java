package energy.audit.agent.keep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Room on the disk that is held by a file of zeros and given back when the disk is full, so that a receipt can still be
 * noted, its head be witnessed and kept batches be released: without it a full disk could never become free again.
 */
final class Reserve {
    static final int BYTES = 16 << 10;

    private final Disk disk;
    private final Path file;
    private boolean held;

    Reserve(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    /** @return true if the room is held now */
    boolean take() {
        if (held) {
            return true;
        }
        try (Disk.Opened out = disk.open(file)) {
            if (out.size() < BYTES) {
                Disk.writeFully(out, ByteBuffer.allocate(BYTES), 0);
            }
            out.force();
            held = true;
        } catch (IOException e) {
            giveBack(); // what was taken so far is room that others need; the caller reports that there is none
        }
        return held;
    }

    void giveBack() {
        held = false;
        try {
            disk.delete(file);
        } catch (IOException e) {
            // A disk that cannot even delete is read-only or broken: the write that follows fails and is reported.
            held = false;
        }
    }
}
