package energy.audit.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * A zip with one form only: entries sorted by name, stored, dated 1980-01-01 00:00, no extra fields, no comments, nothing
 * before, between or after. {@code manifest.txt} lists the SHA-256 of every other file; {@code manifest.sig} is the log
 * key's signature over "energy-audit/manifest/v1\n" and it. Because there is one form, a changed byte anywhere in the
 * file, also in a header, is seen. The bytes are written here and not by the platform's zip library, so that they are the
 * same on every Java version.
 */
public final class SealedArchive {
    public static final String MANIFEST = "manifest.txt";
    public static final String SIGNATURE = "manifest.sig";
    private static final String WHAT = "archive";
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int END_RECORD = 0x06054b50;
    private static final short VERSION = 10;
    /** General purpose flag 11: names are UTF-8. */
    private static final short UTF8_NAMES = 0x0800;
    /** 1980-01-01 in the MS-DOS date format: year 0, month 1, day 1. */
    private static final short DATE = 0x0021;

    private static final int LOCAL_LENGTH = 30;
    private static final int CENTRAL_LENGTH = 46;
    private static final int END_LENGTH = 22;

    private SealedArchive() {}

    /**
     * Writes the archive; the stream is flushed, not closed.
     *
     * @param files name to content, without manifest and signature; at most 65,533 files and 2 GiB in all
     */
    public static void seal(Map<String, byte[]> files, SigningKey logKey, OutputStream out) throws IOException {
        TreeMap<String, byte[]> all = new TreeMap<>(files);
        if (all.containsKey(MANIFEST) || all.containsKey(SIGNATURE)) {
            throw new IllegalArgumentException(MANIFEST + " and " + SIGNATURE + " are written here, not given.");
        }
        byte[] manifest = manifest(all);
        all.put(MANIFEST, manifest);
        all.put(SIGNATURE, logKey.sign(SignedText.of(SignedText.MANIFEST, manifest)));
        write(all, out);
        out.flush();
    }

    /**
     * Reads an archive and checks its form, its manifest and the signature.
     *
     * @return name to content, without manifest and signature
     * @throws MalformedEvidence naming the entry that is wrong, or that the bytes are not this zip's one form
     */
    public static SortedMap<String, byte[]> open(byte[] archive, VerificationKey logKey) throws MalformedEvidence {
        SortedMap<String, byte[]> all = peek(archive);
        byte[] manifest = all.remove(MANIFEST);
        byte[] signature = all.remove(SIGNATURE);
        if (manifest == null || signature == null) {
            throw new MalformedEvidence(WHAT, "contents", "it has no " + (manifest == null ? MANIFEST : SIGNATURE));
        }
        checkManifest(manifest, all);
        if (!logKey.verifies(SignedText.of(SignedText.MANIFEST, manifest), signature)) {
            throw new MalformedEvidence(SIGNATURE, "content", "it is not the log key's signature over " + MANIFEST);
        }
        return all;
    }

    /**
     * The contents, checked for the one form of the zip only, not for manifest and signature: to look for the key in them.
     *
     * @throws MalformedEvidence if the bytes are not the one form of their own contents
     */
    public static SortedMap<String, byte[]> peek(byte[] archive) throws MalformedEvidence {
        TreeMap<String, byte[]> all = read(ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN));
        ByteArrayOutputStream again = new ByteArrayOutputStream(archive.length);
        try {
            write(all, again);
        } catch (IOException e) {
            throw new IllegalStateException("Writing to memory failed.", e);
        }
        int differs = Arrays.mismatch(archive, again.toByteArray());
        if (differs >= 0) {
            throw new MalformedEvidence(
                    WHAT,
                    "byte " + differs,
                    "a header or a length was changed; sealed again, the same files differ here");
        }
        return all;
    }

    /** Follows the local headers; whatever else could be wrong shows when the archive is written again. */
    private static TreeMap<String, byte[]> read(ByteBuffer in) throws MalformedEvidence {
        TreeMap<String, byte[]> all = new TreeMap<>();
        while (in.remaining() >= LOCAL_LENGTH && in.getInt(in.position()) == LOCAL_HEADER) {
            int at = in.position();
            int size = in.getInt(at + 22);
            int nameLength = Short.toUnsignedInt(in.getShort(at + 26));
            if (size < 0 || size != in.getInt(at + 18) || (long) at + LOCAL_LENGTH + nameLength + size > in.limit()) {
                throw new MalformedEvidence(WHAT, "header at byte " + at, "its lengths do not fit the file");
            }
            byte[] name = new byte[nameLength];
            byte[] content = new byte[size];
            in.position(at + LOCAL_LENGTH);
            in.get(name).get(content);
            String text = new String(name, StandardCharsets.UTF_8);
            CRC32 crc = new CRC32();
            crc.update(content);
            if ((int) crc.getValue() != in.getInt(at + 14)) {
                throw new MalformedEvidence(
                        text, "content", "it was changed: its CRC-32 is not the one in the archive's header");
            }
            if (all.put(text, content) != null) {
                throw new MalformedEvidence(WHAT, "byte " + at, "the file " + text + " is in it twice");
            }
        }
        if (all.isEmpty()) {
            throw new MalformedEvidence(WHAT, "byte 0", "it does not begin as a zip file");
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
                throw new MalformedEvidence(file.getKey(), "content", "it is not listed in " + MANIFEST);
            }
            if (!hash.equals(Hash.sha256(file.getValue()).hex())) {
                throw new MalformedEvidence(
                        file.getKey(), "content", "it was changed: its SHA-256 is not the one in " + MANIFEST);
            }
        }
        if (!listed.isEmpty()) {
            throw new MalformedEvidence(
                    listed.firstKey(), "content", "it is listed in " + MANIFEST + " and missing in the archive");
        }
        if (!Arrays.equals(manifest, manifest(files))) {
            throw new MalformedEvidence(MANIFEST, "content", "it is not in its one form");
        }
    }

    private static void write(SortedMap<String, byte[]> files, OutputStream out) throws IOException {
        if (files.size() > 0xffff) {
            throw new IllegalArgumentException("An archive holds at most 65,535 files, not " + files.size() + ".");
        }
        List<byte[]> directory = new ArrayList<>();
        long offset = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] name = file.getKey().getBytes(StandardCharsets.UTF_8);
            byte[] content = file.getValue();
            if (offset + content.length > Integer.MAX_VALUE - 0x10000 || name.length > 0xffff) {
                throw new IllegalArgumentException("An archive holds at most 2 GiB; " + file.getKey() + " exceeds it.");
            }
            CRC32 crc = new CRC32();
            crc.update(content);
            ByteBuffer local = littleEndian(LOCAL_LENGTH).putInt(LOCAL_HEADER);
            out.write(common(local, crc, content, name).putShort((short) 0).array());
            out.write(name);
            out.write(content);
            ByteBuffer central = littleEndian(CENTRAL_LENGTH + name.length);
            common(central.putInt(CENTRAL_HEADER).putShort(VERSION), crc, content, name);
            central.putShort((short) 0).putShort((short) 0); // lengths of extra field and comment
            central.putShort((short) 0).putShort((short) 0).putInt(0); // disk, internal and external attributes
            directory.add(central.putInt((int) offset).put(name).array());
            offset += LOCAL_LENGTH + name.length + content.length;
        }
        int directoryLength = 0;
        for (byte[] central : directory) {
            out.write(central);
            directoryLength += central.length;
        }
        ByteBuffer end = littleEndian(END_LENGTH).putInt(END_RECORD).putInt(0); // this disk, disk of the directory
        end.putShort((short) files.size()).putShort((short) files.size());
        out.write(end.putInt(directoryLength)
                .putInt((int) offset)
                .putShort((short) 0)
                .array());
    }

    /** The fields that a local and a central header share, from "version needed" to the length of the name. */
    private static ByteBuffer common(ByteBuffer header, CRC32 crc, byte[] content, byte[] name) {
        header.putShort(VERSION).putShort(UTF8_NAMES).putShort((short) 0); // method 0: stored
        header.putShort((short) 0).putShort(DATE).putInt((int) crc.getValue());
        return header.putInt(content.length).putInt(content.length).putShort((short) name.length);
    }

    private static ByteBuffer littleEndian(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
