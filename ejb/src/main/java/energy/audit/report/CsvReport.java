package energy.audit.report;

import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Figure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Figures as RFC 4180 rows, sealed in one zip with what proves them. */
final class CsvReport {
    private static final String HEADER = "figure,label,site,meter,channel,energy_source,from,to,unit,value,quality,"
            + "coverage,formula,terms,note,enpi,baseline,of";

    private final ReportContent content;
    private final ReportTexts texts;

    CsvReport(ReportContent content, ReportTexts texts) {
        this.content = content;
        this.texts = texts;
    }

    void writeTo(OutputStream out, byte[] figures, byte[] evidence, SigningKey logKey) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        files.put("figures.csv", rows().getBytes(StandardCharsets.UTF_8));
        files.put("figures.pb", figures);
        files.put("evidence.pb", evidence);
        files.put("README.txt", readme().getBytes(StandardCharsets.UTF_8));
        content.since()
                .ifPresent(since -> files.put("changes.csv", changes(since).getBytes(StandardCharsets.UTF_8)));
        SealedArchive.seal(files, logKey, out);
    }

    /** A row for each figure that an earlier prefix of the log gave otherwise. */
    private static String changes(KnownSince since) {
        StringBuilder rows = new StringBuilder("figure,label,site,unit,value_at_" + since.earlierSize() + ",quality_at_"
                + since.earlierSize() + ",value,quality,log_entries,causes\r\n");
        for (KnownSince.Change change : since.changes()) {
            row(rows, change.now().getId(), change.now(), change.before(), Optional.of(change.now()), change.causes());
        }
        since.gone().forEach(gone -> row(rows, "", gone, Optional.of(gone), Optional.empty(), List.of()));
        return rows.toString();
    }

    private static void row(
            StringBuilder rows,
            String id,
            Figure about,
            Optional<Figure> before,
            Optional<Figure> now,
            List<Cause> causes) {
        List<String> entries = new ArrayList<>();
        causes.forEach(cause -> cause.entry().ifPresent(entry -> entries.add(Long.toString(entry))));
        String kinds =
                String.join(" ", causes.stream().map(Cause::kind).distinct().toList());
        List<String> fields = List.of(
                id,
                about.getLabel(),
                about.getSite(),
                about.getUnit(),
                before.map(Figure::getValue).orElse(""),
                before.map(Figure::getQuality).orElse(""),
                now.map(Figure::getValue).orElse(""),
                now.map(Figure::getQuality).orElse(""),
                String.join(" ", entries),
                kinds);
        rows.append(String.join(",", fields.stream().map(CsvReport::field).toList()))
                .append("\r\n");
    }

    /** RFC 4180: comma, CRLF, quotes where a field needs them. Instants in UTC, values as signed. */
    String rows() {
        StringBuilder rows = new StringBuilder(HEADER).append("\r\n");
        for (Figure figure : content.figures().getFiguresList()) {
            List<String> fields = List.of(
                    figure.getId(),
                    figure.getLabel(),
                    figure.getSite(),
                    figure.getMeter(),
                    figure.getChannel(),
                    figure.getEnergySource(),
                    Instant.ofEpochMilli(figure.getFromMs()).toString(),
                    Instant.ofEpochMilli(figure.getToMs()).toString(),
                    figure.getUnit(),
                    figure.getValue(),
                    figure.getQuality(),
                    figure.getCoverage(),
                    figure.getFormula(),
                    String.join(" ", figure.getTermsList()),
                    figure.getNote(),
                    figure.getEnpi(),
                    figure.getEnpi().isEmpty() ? "0" : Integer.toString(figure.getBaseline()),
                    figure.getOf());
            rows.append(String.join(",", fields.stream().map(CsvReport::field).toList()))
                    .append("\r\n");
        }
        return rows.toString();
    }

    private static String field(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                ? "\"" + text.replace("\"", "\"\"") + "\""
                : text;
    }

    private String readme() {
        return texts.say(
                "readme",
                content.figures().getReportId(),
                content.figures().getTenantName(),
                ReportTexts.plain(content.evidence().logSize()),
                content.evidence().rootHex(),
                content.evidence().logKeyFingerprint());
    }
}
