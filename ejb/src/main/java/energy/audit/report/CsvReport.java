package energy.audit.report;

import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Figure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Figures as RFC 4180 rows, sealed in one zip with what proves them. */
final class CsvReport {
    private static final String HEADER =
            "figure,label,site,meter,channel,energy_source,from,to,unit,value,quality," + "coverage,formula,terms,note";

    private final ReportContent content;
    private final ReportTexts texts;

    CsvReport(ReportContent content, ReportTexts texts) {
        this.content = content;
        this.texts = texts;
    }

    void writeTo(OutputStream out, byte[] figures, byte[] evidence, SigningKey logKey) throws IOException {
        SealedArchive.seal(
                Map.of(
                        "figures.csv",
                        rows().getBytes(StandardCharsets.UTF_8),
                        "figures.pb",
                        figures,
                        "evidence.pb",
                        evidence,
                        "README.txt",
                        readme().getBytes(StandardCharsets.UTF_8)),
                logKey,
                out);
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
                    figure.getNote());
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
