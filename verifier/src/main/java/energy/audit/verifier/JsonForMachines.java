package energy.audit.verifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * The verdicts as one JSON document: of one file its object; of several an object with their list "files". Both have
 * "verdict" (the worst) and "exitStatus".
 */
final class JsonForMachines {
    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final ArrayNode files = mapper.createArrayNode();

    void add(Verification verification, TrustAnchors trust) {
        ObjectNode file = files.addObject();
        file.put("file", verification.name());
        file.put("verdict", verification.valid() ? "VALID" : "INVALID");
        verification.kind().ifPresent(kind -> file.put("kind", kind));
        ArrayNode problems = file.putArray("problems");
        verification
                .findings()
                .problems()
                .forEach(problem ->
                        problems.addObject().put("thing", problem.thing()).put("text", problem.text()));
        file.put("problemCount", verification.findings().count());
        ArrayNode passed = file.putArray("passed");
        verification.findings().passed().forEach(passed::add);
        ArrayNode remarks = file.putArray("remarks");
        verification.findings().remarks().forEach(remarks::add);
        file.putObject("pinned")
                .put("logKey", trust.logKey().isPresent())
                .put("agents", trust.pinAgents())
                .put("reportCertificate", trust.reportCertificateSha256().isPresent());
        verification
                .figures()
                .ifPresent(figures -> file.putObject("report")
                        .put("id", figures.getReportId())
                        .put("tenant", figures.getTenant())
                        .put("from", Instant.ofEpochMilli(figures.getFromMs()).toString())
                        .put("to", Instant.ofEpochMilli(figures.getToMs()).toString())
                        .put(
                                "issuedAt",
                                Instant.ofEpochMilli(figures.getIssuedAtMs()).toString()));
        verification.log().ifPresent(log -> log(log, file));
        ArrayNode rows = file.putArray("figures");
        for (FigureRow row : verification.rows()) {
            rows.addObject()
                    .put("figure", row.figure().getId())
                    .put("label", row.figure().getLabel())
                    .put("site", row.figure().getSite())
                    .put("meter", row.figure().getMeter())
                    .put("channel", row.figure().getChannel())
                    .put("from", Instant.ofEpochMilli(row.figure().getFromMs()).toString())
                    .put("to", Instant.ofEpochMilli(row.figure().getToMs()).toString())
                    .put("formula", row.figure().getFormula())
                    .put("unit", row.figure().getUnit())
                    .put("printed", row.figure().getValue())
                    .put("recomputed", row.recomputed())
                    .put("quality", row.quality())
                    .put("agrees", row.agrees());
        }
    }

    private static void log(LogEvidence log, ObjectNode file) {
        log.checkpoint()
                .ifPresent(head -> file.putObject("log")
                        .put("origin", head.origin())
                        .put("size", head.size())
                        .put("root", head.root().hex())
                        .put(
                                "publicKey",
                                log.logKey()
                                        .map(key -> Base64.getEncoder().encodeToString(key.raw()))
                                        .orElse("")));
    }

    void addUnreadable(String name, String why) {
        files.addObject().put("file", name).put("verdict", "UNREADABLE").put("reason", why);
    }

    void addExplanation(String figure, List<String> lines) {
        ObjectNode last = (ObjectNode) files.get(files.size() - 1);
        ArrayNode array = last.putObject("explanation").put("figure", figure).putArray("lines");
        lines.forEach(array::add);
    }

    String text(int exitStatus) {
        ObjectNode document = mapper.createObjectNode();
        if (files.size() == 1) {
            document = (ObjectNode) files.get(0);
        } else {
            document.put("verdict", List.of("VALID", "INVALID", "UNREADABLE").get(exitStatus));
            document.set("files", files);
        }
        document.put("exitStatus", exitStatus);
        try {
            return mapper.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of strings and numbers could not be written as JSON.", e);
        }
    }
}
