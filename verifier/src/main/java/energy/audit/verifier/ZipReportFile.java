package energy.audit.verifier;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.CanonicalCms;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A CSV report: a sealed zip with figures.csv beside figures.pb and evidence.pb. */
final class ZipReportFile implements ReportFile {
    static final String TABLE = "figures.csv";

    private final SortedMap<String, byte[]> files;

    private ZipReportFile(SortedMap<String, byte[]> files) {
        this.files = files;
    }

    static Optional<ReportFile> open(byte[] archive, TrustAnchors trust, Findings findings) {
        try {
            SortedMap<String, byte[]> unchecked = SealedArchive.peek(archive);
            for (String needed : List.of(EVIDENCE, FIGURES, TABLE)) {
                if (!unchecked.containsKey(needed)) {
                    throw new MalformedEvidence("archive", "contents", "it has no " + needed);
                }
            }
            byte[] evidence = unchecked.getOrDefault(EVIDENCE, new byte[0]);
            VerificationKey key = trust.logKey().isPresent()
                    ? trust.logKey().get()
                    : VerificationKey.of(
                            EvidenceBundle.parseFrom(evidence).getLogPublicKey().toByteArray());
            SortedMap<String, byte[]> files = SealedArchive.open(archive, key);
            findings.passed("the archive is in its one form; " + (files.size() + 2)
                    + " files, each with the SHA-256 of the manifest, the manifest signed by the log's key");
            return Optional.of(new ZipReportFile(files));
        } catch (MalformedEvidence e) {
            findings.problem(e);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            findings.problem(EVIDENCE, "it does not name a usable log key: " + e.getMessage());
        }
        return Optional.empty();
    }

    @Override
    public byte[] figures() {
        return files.getOrDefault(FIGURES, new byte[0]);
    }

    @Override
    public byte[] evidence() {
        return files.getOrDefault(EVIDENCE, new byte[0]);
    }

    @Override
    public Optional<CanonicalCms.Signer> signer() {
        return Optional.empty();
    }

    @Override
    public String kind() {
        return "CSV";
    }

    @Override
    public void comparePrinted(List<Figure> figures, Findings findings) {
        int before = findings.count();
        List<List<String>> rows =
                CsvTable.parse(new String(files.getOrDefault(TABLE, new byte[0]), StandardCharsets.UTF_8));
        List<String> head = rows.isEmpty() ? List.of() : rows.get(0);
        int id = head.indexOf("figure");
        int value = head.indexOf("value");
        if (id < 0 || value < 0) {
            findings.problem(TABLE, "its first row does not name the columns 'figure' and 'value'");
            return;
        }
        Map<String, List<String>> byId = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.size() != head.size() || byId.put(row.get(id), row) != null) {
                findings.problem(TABLE, "the row '" + String.join(",", row) + "' is cut or repeats a figure");
            } else {
                unknown.add(row.get(id));
            }
        }
        for (Figure figure : figures) {
            List<String> row = byId.get(figure.getId());
            unknown.remove(figure.getId());
            if (row == null) {
                findings.problem(figure.getId(), TABLE + " has no row for it");
                continue;
            }
            compare(figure, head, row, findings);
        }
        unknown.forEach(extra -> findings.problem(TABLE, "the row " + extra + " is no figure of the evidence"));
        if (findings.count() == before) {
            findings.passed(
                    "each of the " + figures.size() + " rows of " + TABLE + " says what the signed figure says");
        }
    }

    /**
     * Columns that repeat a field of the figure must repeat it exactly, but for the apostrophe that keeps a spreadsheet
     * from running a text as a formula; other columns are for the reader's convenience.
     */
    private static void compare(Figure figure, List<String> head, List<String> row, Findings findings) {
        Map<String, String> fields = Map.ofEntries(
                Map.entry("value", figure.getValue()),
                Map.entry("unit", figure.getUnit()),
                Map.entry("quality", figure.getQuality()),
                Map.entry("coverage", figure.getCoverage()),
                Map.entry("label", figure.getLabel()),
                Map.entry("site", figure.getSite()),
                Map.entry("meter", figure.getMeter()),
                Map.entry("channel", figure.getChannel()),
                Map.entry("energy_source", figure.getEnergySource()),
                Map.entry("from", Instant.ofEpochMilli(figure.getFromMs()).toString()),
                Map.entry("to", Instant.ofEpochMilli(figure.getToMs()).toString()),
                Map.entry("formula", figure.getFormula()),
                Map.entry("terms", String.join(" ", figure.getTermsList())),
                Map.entry("note", figure.getNote()),
                Map.entry("enpi", figure.getEnpi()),
                Map.entry("baseline", Integer.toUnsignedString(figure.getBaseline())),
                Map.entry("of", figure.getOf()));
        for (int column = 0; column < head.size(); column++) {
            String expected = fields.get(head.get(column));
            if (expected != null
                    && !row.get(column).equals(expected)
                    && !row.get(column).equals("'" + expected)) {
                findings.problem(
                        figure.getId(),
                        TABLE + " prints " + head.get(column) + " '" + row.get(column) + "', the evidence says '"
                                + expected + "'");
            }
        }
    }
}
