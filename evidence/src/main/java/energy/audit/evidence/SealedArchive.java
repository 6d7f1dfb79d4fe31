package energy.audit.evidence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A zip with one form only: entries sorted by name, stored, dated 1980-01-01, nothing extra. {@code manifest.txt} lists
 * the SHA-256 of every other file; {@code manifest.sig} is the log key's signature over it. Because there is one form,
 * a changed byte anywhere in the file, also in a header, is seen.
 */
public final class SealedArchive {
    public static final String MANIFEST = "manifest.txt";
    public static final String SIGNATURE = "manifest.sig";
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final long LARGEST = 1L << 30;

    private SealedArchive() {}

    /**
     * Writes the archive.
     *
     * @param files name to content, without manifest and signature
     */
    public static void seal(Map<String, byte[]> files, SigningKey logKey, OutputStream out) throws IOException {
        TreeMap<String, byte[]> all = new TreeMap<>(files);
        byte[] manifest = manifest(all);
        all.put(MANIFEST, manifest);
        all.put(SIGNATURE, logKey.sign(SignedText.of(SignedText.MANIFEST, manifest)));
        write(all, out);
    }

    /**
     * Reads an archive and checks its form, its manifest and the signature.
     *
     * @return name to content, without manifest and signature
     * @throws MalformedEvidence naming the entry that is wrong, or that the bytes are not this zip's one form
     */
    public static SortedMap<String, byte[]> open(byte[] archive, VerificationKey logKey) throws MalformedEvidence {
        TreeMap<String, byte[]> all = read(archive);
        byte[] manifest = all.remove(MANIFEST);
        byte[] signature = all.remove(SIGNATURE);
        if (manifest == null || signature == null) {
            throw new MalformedEvidence("archive", "whole file", "has no " + (manifest == null ? MANIFEST : SIGNATURE));
        }
        checkManifest(manifest, all);
        if (!logKey.verifies(SignedText.of(SignedText.MANIFEST, manifest), signature)) {
            throw new MalformedEvidence(MANIFEST, "content", "is not signed by the log's key");
        }
        return all;
    }

    /** The contents without any check of signature or manifest, to look for the key in them. */
    public static SortedMap<String, byte[]> peek(byte[] archive) throws MalformedEvidence {
        return read(archive);
    }

    private static TreeMap<String, byte[]> read(byte[] archive) throws MalformedEvidence {
        TreeMap<String, byte[]> all = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
            long total = 0;
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readNBytes((int) (LARGEST - total));
                total += content.length;
                if (total >= LARGEST) {
                    throw new MalformedEvidence("archive", "whole file", "unpacks to more than " + LARGEST + " bytes");
                }
                if (all.put(entry.getName(), content) != null) {
                    throw new MalformedEvidence("archive", "whole file", "has the entry " + entry.getName() + " twice");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedEvidence("archive", "whole file", "is no readable zip: " + e.getMessage());
        }
        ByteArrayOutputStream again = new ByteArrayOutputStream(archive.length);
        try {
            write(all, again);
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedEvidence("archive", "whole file", "cannot be written again: " + e.getMessage());
        }
        int differs = Arrays.mismatch(archive, again.toByteArray());
        if (differs >= 0) {
            throw new MalformedEvidence(
                    "archive", "whole file", "was changed: its form differs from the sealed one at byte " + differs);
        }
        return all;
    }

    private static byte[] manifest(SortedMap<String, byte[]> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach((name, content) -> lines.append(Hash.sha256(content).hex())
                .append("  ")
                .append(name)
                .append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void checkManifest(byte[] manifest, SortedMap<String, byte[]> files) throws MalformedEvidence {
        TreeMap<String, String> listed = new TreeMap<>();
        for (String line : new String(manifest, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.length() > 66) {
                listed.put(line.substring(66), line.substring(0, 64));
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String hash = listed.remove(file.getKey());
            if (hash == null) {
                throw new MalformedEvidence(file.getKey(), "content", "is not listed in the manifest");
            }
            if (!hash.equals(Hash.sha256(file.getValue()).hex())) {
                throw new MalformedEvidence(
                        file.getKey(), "content", "was changed: its SHA-256 is not the one in the manifest");
            }
        }
        if (!listed.isEmpty()) {
            throw new MalformedEvidence(
                    listed.firstKey(), "content", "is listed in the manifest and missing in the archive");
        }
        if (!Arrays.equals(manifest, manifest(files))) {
            throw new MalformedEvidence(MANIFEST, "content", "is not in its one form");
        }
    }

    private static void write(SortedMap<String, byte[]> files, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            CRC32 crc = new CRC32();
            crc.update(file.getValue());
            ZipEntry entry = new ZipEntry(file.getKey());
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(file.getValue().length);
            entry.setCompressedSize(file.getValue().length);
            entry.setCrc(crc.getValue());
            entry.setTimeLocal(DATE);
            zip.putNextEntry(entry);
            zip.write(file.getValue());
            zip.closeEntry();
        }
        zip.finish();
        out.flush();
    }
}
