package energy.audit.verifier;

import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.wire.ReportFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The verdict as text for somebody who does not program. */
final class WordsForPeople {
    private WordsForPeople() {}

    static String of(Verification verification) {
        StringBuilder text = new StringBuilder();
        Findings findings = verification.findings();
        text.append(verification.valid() ? "VALID    " : "INVALID  ")
                .append(verification.name())
                .append("\n\n");
        verification.figures().ifPresent(figures -> head(figures, verification, text));
        if (!findings.none()) {
            text.append(
                    findings.count() == 1 ? "What is wrong:\n" : "What is wrong (" + findings.count() + " things):\n");
            findings.problems()
                    .forEach(problem -> text.append("  ✗ ")
                            .append(problem.thing())
                            .append(": ")
                            .append(problem.text())
                            .append('\n'));
            if (findings.count() > findings.problems().size()) {
                text.append("  … and ")
                        .append(findings.count() - findings.problems().size())
                        .append(" more\n");
            }
            text.append(
                    "Do not rely on this file. Ask for a new download; if that fails too, keep both as evidence.\n\n");
        }
        if (!findings.passed().isEmpty()) {
            text.append("What was checked and holds:\n");
            findings.passed()
                    .forEach(passed -> text.append("  ✓ ").append(passed).append('\n'));
            text.append('\n');
        }
        if (!findings.remarks().isEmpty()) {
            text.append("Please note:\n");
            findings.remarks()
                    .forEach(remark -> text.append("  ! ").append(remark).append('\n'));
            text.append('\n');
        }
        if (!verification.rows().isEmpty()) {
            table(verification.rows(), text);
        }
        return text.toString();
    }

    private static void head(ReportFigures figures, Verification verification, StringBuilder text) {
        text.append("  report   ").append(figures.getReportId()).append(" for ").append(figures.getTenantName());
        text.append(" (").append(figures.getTenant()).append("), issued ");
        text.append(Instant.ofEpochMilli(figures.getIssuedAtMs())).append('\n');
        text.append("  period   ")
                .append(Instant.ofEpochMilli(figures.getFromMs()))
                .append(" to ");
        text.append(Instant.ofEpochMilli(figures.getToMs())).append('\n');
        verification.log().flatMap(LogEvidence::checkpoint).ifPresent(head -> head(head, text));
        verification
                .signer()
                .ifPresent(signer -> text.append("  signed   ")
                        .append(signer.certificate().getSubjectX500Principal().getName())
                        .append(", ")
                        .append(signer.signingTime())
                        .append('\n'));
        text.append('\n');
    }

    private static void head(Checkpoint head, StringBuilder text) {
        text.append("  log      ")
                .append(head.origin())
                .append(", size ")
                .append(head.size())
                .append(", root ");
        text.append(head.root()).append('\n');
    }

    private static void table(List<FigureRow> rows, StringBuilder text) {
        List<String[]> cells = new ArrayList<>();
        cells.add(new String[] {"figure", "printed", "recomputed", "unit", "quality", "", "what"});
        for (FigureRow row : rows) {
            cells.add(new String[] {
                row.figure().getId(),
                orDash(row.figure().getValue()),
                orDash(row.recomputed()),
                row.figure().getUnit(),
                row.quality(),
                row.agrees() ? "=" : "✗ DIFFERS",
                what(row)
            });
        }
        int[] widths = new int[7];
        for (String[] row : cells) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String pad = " ".repeat(widths[i] - row[i].length());
                boolean number = i == 1 || i == 2;
                line.append(number ? pad + row[i] : row[i] + pad).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static String what(FigureRow row) {
        return row.figure().getSite().isEmpty()
                ? row.figure().getLabel()
                : row.figure().getSite() + ": " + row.figure().getLabel();
    }

    private static String orDash(String value) {
        return value.isEmpty() ? "–" : value;
    }
}
