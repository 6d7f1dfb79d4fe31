package energy.audit.verifier;

import energy.audit.analysis.report.EnpiFormula;
import energy.audit.analysis.report.FigureValue;
import energy.audit.analysis.report.ReportArithmetic;
import energy.audit.analysis.report.Scaling;
import energy.audit.evidence.AttachedReadings.Read;
import energy.audit.evidence.ExchangesInForce;
import energy.audit.evidence.wire.EnergyBaseline;
import energy.audit.evidence.wire.EnpiDefinition;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.MeterExchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The way from a figure down to registers: formula, configuration, boundary readings, batch, log entry. */
final class Explanation {
    private final LogEvidence log;
    private final Recomputation recomputation;
    private final List<String> lines = new ArrayList<>();

    Explanation(LogEvidence log, Recomputation recomputation) {
        this.log = log;
        this.recomputation = recomputation;
    }

    /** @throws FigureRefused if there is no such figure */
    List<String> of(String figure) throws FigureRefused {
        lines.clear();
        explain(recomputation.figure(figure), "", 0);
        return List.copyOf(lines);
    }

    private void explain(Figure figure, String indent, int depth) {
        lines.add(indent + figure.getId() + "  " + figure.getLabel());
        String in = indent + "    ";
        lines.add(in + "period       " + Instant.ofEpochMilli(figure.getFromMs()) + " to "
                + Instant.ofEpochMilli(figure.getToMs()) + " (end excluded)");
        lines.add(in + "printed      " + amount(figure.getValue(), figure) + "  (" + figure.getQuality() + ")");
        try {
            FigureValue value = recomputation.value(figure.getId());
            lines.add(in + "recomputed   " + amount(value.value(), figure) + "  (" + value.quality() + ")");
            if (!value.note().isEmpty()) {
                lines.add(in + "on the way   " + value.note());
            }
        } catch (FigureRefused e) {
            lines.add(in + "recomputed   not possible: " + e.getMessage());
        }
        if (figure.getFormula().equals(ReportArithmetic.SUM)) {
            lines.add(in + "formula      " + figure.getFormula() + ": the sum of "
                    + String.join(", ", figure.getTermsList()));
            for (String term : figure.getTermsList()) {
                explainTerm(term, in, depth);
            }
        } else if (EnpiFormula.of(figure.getFormula()).isPresent()) {
            explainIndicator(figure, in);
        } else {
            explainRegister(figure, in);
        }
    }

    private void explainIndicator(Figure figure, String in) {
        try {
            EnpiEntries.InForce inForce = log.enpis().inForce(figure);
            EnpiDefinition enpi = inForce.definition().message();
            EnergyBaseline baseline = inForce.baseline().message();
            lines.add(in + "formula      " + figure.getFormula() + ", model of kind " + enpi.getKind());
            lines.add(in + "indicator    " + enpi.getId() + " version " + enpi.getVersion() + ", '" + enpi.getName()
                    + "' (log entry " + inForce.definition().index() + ")");
            lines.add(in + "boundary     " + String.join(", ", enpi.getChannelsList()));
            enpi.getVariablesList()
                    .forEach(variable ->
                            lines.add(in + "variable     " + variable.getId() + " = " + variable.getOrigin()));
            lines.add(in + "baseline     version " + baseline.getVersion() + ", " + baseline.getFirstDay() + " to "
                    + baseline.getLastDay() + ", " + baseline.getInputsCount() + " inputs from log size "
                    + baseline.getLogSize() + ", proposed by "
                    + inForce.baseline().actor() + " (log entry "
                    + inForce.baseline().index() + ")");
            lines.add(in + "approved     by " + inForce.approval().actor() + " (log entry "
                    + inForce.approval().index() + ")");
            inForce.review()
                    .ifPresent(reason -> lines.add(in + "review       open, so that nothing is claimed: " + reason));
        } catch (FigureRefused e) {
            lines.add(in + "indicator    none: " + e.getMessage());
        }
    }

    private void explainTerm(String term, String in, int depth) {
        try {
            if (depth < 8) {
                explain(recomputation.figure(term), in, depth + 1);
            }
        } catch (FigureRefused e) {
            lines.add(in + term + ": " + e.getMessage());
        }
    }

    private void explainRegister(Figure figure, String in) {
        lines.add(in + "formula      " + figure.getFormula()
                + ": count at the end minus count at the start, times the scale");
        try {
            Configurations.InForce inForce = log.configurations().inForce(figure);
            for (int i = 0; i < inForce.scalings().size(); i++) {
                Scaling scaling = inForce.scalings().get(i);
                lines.add(in + "scale        " + scaling.multiplier().toPlainString() + " x "
                        + scaling.perUnit().toPlainString() + " " + figure.getUnit() + " per count, from "
                        + scaling.from()
                        + " (log entry " + inForce.entries().get(i).logIndex() + ")");
            }
        } catch (FigureRefused e) {
            lines.add(in + "scale        none: " + e.getMessage());
        }
        lines.add(in + "register     " + figure.getChannel());
        for (ExchangesInForce.OfRegister exchange : log.exchanges().of(figure.getChannel())) {
            long at = exchange.at().toEpochMilli();
            if (at >= figure.getFromMs() && at <= figure.getToMs()) {
                exchange(exchange, in);
            }
        }
        log.gaps().all().stream()
                .filter(gap -> gap.covers(figure.getSite(), figure.getMeter(), figure.getFromMs(), figure.getToMs()))
                .forEach(gap -> lines.add(in + "signed gap   " + PrintedGaps.words(gap)));
        List<Read> reads = log.readings().of(figure.getChannel());
        boundary("start", figure.getFromMs(), reads, in);
        boundary("end", figure.getToMs(), reads, in);
    }

    private void exchange(ExchangesInForce.OfRegister exchange, String in) {
        MeterExchange entry = exchange.entry().exchange();
        lines.add(in + "exchange     at " + exchange.at() + ": old register taken out at count "
                + exchange.oldFinalCount() + serial(entry.getOldSerial()) + ", new one put in at count "
                + exchange.newInitialCount() + serial(entry.getNewSerial()));
        lines.add(in + "             read by " + entry.getTechnician() + ", because: " + entry.getReason()
                + " (log entry " + exchange.entry().logIndex() + ")");
    }

    private static String serial(String serial) {
        return serial.isEmpty() ? "" : " (serial " + serial + ")";
    }

    /** The reading on the boundary, or the ones before and after it. */
    private void boundary(String which, long atMs, List<Read> reads, String in) {
        Read before = null;
        Read after = null;
        for (Read read : reads) {
            if (read.atMs() <= atMs) {
                before = read;
            } else if (after == null) {
                after = read;
            }
        }
        String label = in + (which + "             ").substring(0, 13);
        if (before != null && before.atMs() == atMs) {
            reading(label, before, in);
        } else {
            lines.add(label + "no reading at " + Instant.ofEpochMilli(atMs) + "; the nearest ones:");
            if (before != null) {
                reading(in + "  before     ", before, in);
            }
            if (after != null) {
                reading(in + "  after      ", after, in);
            }
        }
    }

    private void reading(String label, Read read, String in) {
        lines.add(label + "count " + read.count() + " at " + Instant.ofEpochMilli(read.atMs()));
        VerifiedBatch batch = log.batches().get(read.logIndex());
        if (batch != null) {
            String deeper = in + "             ";
            lines.add(deeper + "in batch " + batch.batch().body().getSequence() + " of "
                    + batch.batch().body().getAgent() + ", SHA-256 "
                    + batch.batch().hash());
            lines.add(deeper + "signed by key "
                    + HexFormat.of().formatHex(batch.key().raw()));
            lines.add(deeper + "log entry " + batch.logIndex() + ", admitted "
                    + Instant.ofEpochMilli(batch.admittedAtMs()));
        }
    }

    private static String amount(String value, Figure figure) {
        return value.isEmpty() ? "no value" : value + " " + figure.getUnit();
    }
}
