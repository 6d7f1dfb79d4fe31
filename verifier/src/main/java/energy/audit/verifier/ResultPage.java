package energy.audit.verifier;

import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.wire.ReportFigures;
import java.time.Instant;
import java.util.List;

/** The verdicts as one page of HTML that needs nothing else: to be read by somebody who does not program, and printed. */
final class ResultPage {
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2421}
            h1{font-size:1.3rem}h2{font-size:1.05rem;word-break:break-all}
            .verdict{display:inline-block;padding:.15rem .7rem;border-radius:.3rem;color:#fff;font-weight:600}
            .valid{background:#0b6b57}.invalid{background:#a3260d}.unreadable{background:#6b5d0b}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            th,td{text-align:left;padding:.2rem .6rem;border-bottom:1px solid #dde3e0}
            td.number,th.number{text-align:right}tr.differs td{background:#fbe9e5}
            li{margin:.2rem 0}dt{color:#5b6a64}dd{margin:0 0 .3rem 0;word-break:break-all}
            section{margin-bottom:3rem}
            @media print{body{margin:0;max-width:none;font-size:10pt}section{break-after:page}thead{display:table-header-group}\
            .verdict{color:#000;background:none;border:2px solid #000}}
            """;

    private final StringBuilder sections = new StringBuilder();

    void add(Verification verification) {
        Findings findings = verification.findings();
        open(verification.name(), verification.valid() ? "valid" : "invalid");
        verification.figures().ifPresent(figures -> head(figures, verification));
        if (!findings.none()) {
            sections.append("<h3>What is wrong</h3>\n<ul>\n");
            for (Findings.Problem problem : findings.problems()) {
                item("<strong>" + escaped(problem.thing()) + "</strong>: " + escaped(problem.text()));
            }
            int more = findings.count() - findings.problems().size();
            if (more > 0) {
                item("… and " + more + " more");
            }
            sections.append("</ul>\n<p>Do not rely on this file. Ask for a new download; if that fails too, keep both"
                    + " as evidence.</p>\n");
        }
        list("What was checked and holds", findings.passed());
        list("Please note", findings.remarks());
        if (!verification.rows().isEmpty()) {
            table(verification.rows());
        }
        sections.append("</section>\n");
    }

    void addUnreadable(String name, String why) {
        open(name, "unreadable");
        sections.append("<p>").append(escaped(why)).append("</p>\n</section>\n");
    }

    /** The page, UTF-8. */
    String text() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                + "<title>Result of the check</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n"
                + "<h1>Result of the check</h1>\n" + sections + "</body>\n</html>\n";
    }

    private void open(String name, String verdict) {
        sections.append("<section>\n<h2>")
                .append(escaped(name))
                .append("</h2>\n<p><span class=\"verdict ")
                .append(verdict)
                .append("\">")
                .append(verdict.toUpperCase(java.util.Locale.ROOT))
                .append("</span></p>\n");
    }

    private void head(ReportFigures figures, Verification verification) {
        sections.append("<dl>\n");
        term("Report", figures.getReportId() + " for " + figures.getTenantName() + " (" + figures.getTenant() + ")");
        term("Issued", Instant.ofEpochMilli(figures.getIssuedAtMs()).toString());
        term("Period", Instant.ofEpochMilli(figures.getFromMs()) + " to " + Instant.ofEpochMilli(figures.getToMs()));
        verification.log().flatMap(LogEvidence::checkpoint).ifPresent(this::head);
        verification
                .signer()
                .ifPresent(signer -> term(
                        "Signed",
                        signer.certificate().getSubjectX500Principal().getName() + ", " + signer.signingTime()));
        sections.append("</dl>\n");
    }

    private void head(Checkpoint head) {
        term("Log", head.origin() + ", size " + head.size() + ", root " + head.root());
    }

    private void term(String name, String value) {
        sections.append("<dt>")
                .append(name)
                .append("</dt><dd>")
                .append(escaped(value))
                .append("</dd>\n");
    }

    private void list(String title, List<String> items) {
        if (!items.isEmpty()) {
            sections.append("<h3>").append(title).append("</h3>\n<ul>\n");
            items.forEach(each -> item(escaped(each)));
            sections.append("</ul>\n");
        }
    }

    private void item(String html) {
        sections.append("<li>").append(html).append("</li>\n");
    }

    private void table(List<FigureRow> rows) {
        sections.append("<h3>Figures</h3>\n<table>\n<thead><tr><th>figure</th><th>what</th>"
                + "<th class=\"number\">printed</th><th class=\"number\">recomputed</th><th>unit</th><th>quality</th>"
                + "<th></th></tr></thead>\n<tbody>\n");
        for (FigureRow row : rows) {
            String site = row.figure().getSite();
            sections.append(row.agrees() ? "<tr>" : "<tr class=\"differs\">");
            cell("", row.figure().getId());
            cell(
                    "",
                    site.isEmpty()
                            ? row.figure().getLabel()
                            : site + ": " + row.figure().getLabel());
            cell(" class=\"number\"", orDash(row.figure().getValue()));
            cell(" class=\"number\"", orDash(row.recomputed()));
            cell("", row.figure().getUnit());
            cell("", row.quality());
            cell("", row.agrees() ? "=" : "DIFFERS");
            sections.append("</tr>\n");
        }
        sections.append("</tbody>\n</table>\n");
    }

    private void cell(String attributes, String value) {
        sections.append("<td")
                .append(attributes)
                .append('>')
                .append(escaped(value))
                .append("</td>");
    }

    private static String orDash(String value) {
        return value.isEmpty() ? "–" : value;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
