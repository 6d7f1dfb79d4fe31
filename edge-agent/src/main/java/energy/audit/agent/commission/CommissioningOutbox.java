package energy.audit.agent.commission;

import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.wire.CommissioningRecord;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Records that wait in the directory {@code commissioning} for a batch that carries them. {@code probe} is a program of its own,
 * so the directory is the queue: a record is moved to {@code logged} only after the batch is on the disk. A crash in between has
 * a second batch carry it, which the backend shows once.
 */
public final class CommissioningOutbox {
    /** So that a morning of commissioning does not make one huge batch. */
    private static final int MOST_IN_A_BATCH = 8;

    /** A record in its file. */
    public record Waiting(Path file, CommissioningRecord signed) {}

    private final Path directory;
    private final Journal.Log service;
    /** Files that were carried or refused, but could not be moved away: not again in this run. */
    private final Set<Path> done = new HashSet<>();

    public CommissioningOutbox(Path directory, Journal.Log service) {
        this.directory = directory;
        this.service = service;
    }

    /** The oldest that wait; what is no signed record is named and moved to {@code refused}. */
    public List<Waiting> waiting() {
        List<Waiting> waiting = new ArrayList<>();
        for (Path file : files()) {
            if (waiting.size() == MOST_IN_A_BATCH) {
                break;
            }
            try {
                waiting.add(new Waiting(file, energy.audit.agent.commission.CommissioningRecord.read(file)));
            } catch (MalformedEvidence e) {
                service.error(
                        LogCode.COMMISSIONING_REFUSED,
                        "file=" + file.getFileName() + " detail=" + Journal.quoted(e.getMessage()));
                move(file, "refused");
            } catch (IOException e) {
                failed(file, e);
                done.add(file);
            }
        }
        return waiting;
    }

    /** These are in a batch that is on the disk. */
    public void taken(List<Waiting> records) {
        for (Waiting record : records) {
            service.info(LogCode.COMMISSIONING_LOGGED, "file=" + record.file().getFileName());
            move(record.file(), "logged");
        }
    }

    private Set<Path> files() {
        Set<Path> files = new TreeSet<>();
        if (!Files.isDirectory(directory)) {
            return files;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.json")) {
            found.forEach(files::add);
        } catch (NotDirectoryException e) {
            return files; // it was taken away meanwhile
        } catch (IOException e) {
            failed(directory, e);
        }
        files.removeAll(done);
        return files;
    }

    private void move(Path file, String to) {
        try {
            Path there = Files.createDirectories(directory.resolve(to));
            Files.move(file, there.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            done.add(file);
            failed(file, e);
        }
    }

    private void failed(Path file, IOException e) {
        service.error(LogCode.DISK_WRITE_FAILED, "file=" + file + " detail=" + Journal.quoted(e.toString()));
    }
}
