package energy.audit.verifier;

import energy.audit.evidence.GapsInForce;
import energy.audit.evidence.wire.ReportFigures;
import java.time.Instant;
import java.util.List;

/** Whether the report prints exactly those gaps that people have signed for; each becomes a remark to the reader. */
final class PrintedGaps {
    private PrintedGaps() {}

    static void check(ReportFigures figures, GapsInForce inForce, Findings findings) {
        List<GapsInForce.Logged> attached =
                inForce.printed(figures.getSitesList(), figures.getFromMs(), figures.getToMs());
        List<Long> indexes = attached.stream().map(GapsInForce.Logged::logIndex).toList();
        if (!indexes.equals(figures.getSignedGapsList())) {
            findings.problem(
                    "signed gaps",
                    "the report prints those of log entries " + figures.getSignedGapsList()
                            + "; of its sites and period the attached entries are " + indexes);
            return;
        }
        attached.forEach(gap -> findings.remark(words(gap)));
    }

    /** "No data of main of hall from … to …, signed by emma: lightning (log entry 12)". */
    static String words(GapsInForce.Logged logged) {
        String meter = logged.gap().getMeter().isEmpty()
                ? "all meters"
                : "meter " + logged.gap().getMeter();
        return "No data of " + meter + " of " + logged.gap().getSite() + " from "
                + Instant.ofEpochMilli(logged.gap().getFromMs()) + " to "
                + Instant.ofEpochMilli(logged.gap().getToMs()) + ", signed by " + logged.by() + ": "
                + logged.gap().getReason() + " (log entry " + logged.logIndex() + ")";
    }
}
