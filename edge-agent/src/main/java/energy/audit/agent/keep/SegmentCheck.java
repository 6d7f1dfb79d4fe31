package energy.audit.agent.keep;

import com.google.protobuf.ByteString;
import energy.audit.evidence.Hash;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The segment log's fsck: reads all, changes nothing.
 *
 * @param findings one sentence each; empty if the log is whole
 */
public record SegmentCheck(int segments, int batches, long headSequence, List<String> findings) {
    public SegmentCheck {
        findings = List.copyOf(findings);
    }

    /** @param key the agent's own */
    public static SegmentCheck of(Path directory, VerificationKey key) throws IOException {
        List<String> findings = new ArrayList<>();
        int batches = 0;
        OpenedBatch previous = null;
        List<Path> files = segmentFiles(directory);
        for (Path file : files) {
            Segment.Scan scan = Segment.scan(Disk.REAL, file);
            if (scan.goodBytes() < scan.fileBytes()) {
                findings.add(file.getFileName() + " has " + (scan.fileBytes() - scan.goodBytes())
                        + " bytes after its last whole record; the next start cuts them and reports the cut");
            }
            for (Segment.Place place : scan.records()) {
                batches++;
                previous = checked(file, place, key, previous, findings);
            }
        }
        long head = headSequence(directory);
        if (previous != null && previous.body().getSequence() > head + 1) {
            findings.add("the head is at " + head + ", the newest batch is "
                    + previous.body().getSequence());
        }
        if (previous != null && previous.body().getSequence() < head) {
            findings.add("batches " + (previous.body().getSequence() + 1) + " to " + head + " are not here any more");
        }
        return new SegmentCheck(files.size(), batches, head, findings);
    }

    private static List<Path> segmentFiles(Path directory) throws IOException {
        try (Stream<Path> names = Files.list(directory)) {
            return names.filter(p -> p.getFileName().toString().endsWith(".seg"))
                    .sorted()
                    .toList();
        }
    }

    private static @Nullable OpenedBatch checked(
            Path file, Segment.Place place, VerificationKey key, @Nullable OpenedBatch previous, List<String> findings)
            throws IOException {
        try {
            OpenedBatch batch = OpenedBatch.parse(read(file, place));
            if (!batch.signedBy(key)) {
                findings.add("batch " + place.sequence() + " is not signed by this agent's key");
            }
            if (batch.body().getSequence() != place.sequence()) {
                findings.add("record " + place.sequence() + " holds batch "
                        + batch.body().getSequence());
            }
            if (previous != null && previous.body().getSequence() + 1 == place.sequence()) {
                if (!batch.body()
                        .getPreviousSha256()
                        .equals(ByteString.copyFrom(previous.hash().bytes()))) {
                    findings.add("batch " + place.sequence() + " does not name the hash of the batch before it");
                }
            } else if (previous != null) {
                findings.add("between batch " + previous.body().getSequence() + " and " + place.sequence()
                        + " there is a hole");
            } else if (place.sequence() == 1
                    && !batch.body().getPreviousSha256().equals(ByteString.copyFrom(Hash.ZERO.bytes()))) {
                findings.add("batch 1 names a predecessor");
            }
            return batch;
        } catch (MalformedEvidence e) {
            findings.add("batch " + place.sequence() + " cannot be read: " + e.getMessage());
            return previous;
        }
    }

    private static byte[] read(Path file, Segment.Place place) throws IOException {
        try (Disk.Opened in = Disk.REAL.openToRead(file)) {
            return Segment.read(in, file, place);
        }
    }

    private static long headSequence(Path directory) throws IOException {
        Path file = directory.resolve("head");
        return Files.exists(file)
                ? HeadFile.readOnly(Disk.REAL, file)
                        .map(HeadFile.Head::sequence)
                        .orElse(0L)
                : 0L;
    }
}
