package energy.audit.verifier;

import energy.audit.analysis.report.EnpiFormula;
import energy.audit.analysis.report.FigureValue;
import energy.audit.analysis.report.ReportArithmetic;
import energy.audit.evidence.wire.Figure;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Recomputes every figure from the attached entries that held, with the same arithmetic as the backend. */
final class Recomputation {
    /** The same local day begins at most so far apart in two zones (UTC+14 to UTC-12). */
    private static final Duration BETWEEN_ZONES = Duration.ofHours(26);

    private final KnownRegisters registers;
    private final EnpiRecomputation enpis;
    private final Findings findings;
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final Map<String, FigureValue> values = new HashMap<>();
    private final Map<String, String> refused = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    Recomputation(List<Figure> figures, LogEvidence log, Findings findings) {
        this.registers = log.registers(Long.MAX_VALUE);
        this.enpis = new EnpiRecomputation(figures, log, registers);
        this.findings = findings;
        for (Figure figure : figures) {
            if (this.figures.put(figure.getId(), figure) != null) {
                findings.problem(figure.getId(), "two figures have this id");
            }
        }
    }

    /** Recomputes all and compares with what the figures say. */
    List<FigureRow> rows() {
        List<FigureRow> rows = new ArrayList<>();
        int before = findings.count();
        for (Figure figure : figures.values()) {
            rows.add(row(figure));
        }
        if (findings.count() == before) {
            findings.passed(rows.size() + " figures recomputed from raw register counts; all agree");
        }
        return rows;
    }

    Figure figure(String id) throws FigureRefused {
        Figure figure = figures.get(id);
        if (figure == null) {
            throw new FigureRefused("the report has no figure " + id);
        }
        return figure;
    }

    private FigureRow row(Figure figure) {
        try {
            FigureValue value = value(figure.getId());
            compare(figure, "value", figure.getValue(), value.value());
            compare(figure, "quality", figure.getQuality(), value.quality());
            compare(figure, "coverage", figure.getCoverage(), value.coverage());
            compare(figure, "note", figure.getNote(), value.note());
            return new FigureRow(
                    figure, value.value(), value.quality(), figure.getValue().equals(value.value()));
        } catch (FigureRefused e) {
            findings.problem(figure.getId(), "it cannot be recomputed: " + e.getMessage());
            return new FigureRow(figure, "", "not recomputable", false);
        }
    }

    private void compare(Figure figure, String what, String printed, String recomputed) {
        if (!printed.equals(recomputed)) {
            findings.problem(
                    figure.getId(),
                    what + " is given as " + words(printed) + ", recomputed from the readings it is "
                            + words(recomputed));
        }
    }

    private static String words(String value) {
        return value.isEmpty() ? "nothing" : value;
    }

    FigureValue value(String id) throws FigureRefused {
        FigureValue known = values.get(id);
        if (known != null) {
            return known;
        }
        String reason = refused.get(id);
        if (reason != null) {
            throw new FigureRefused(reason);
        }
        Figure figure = figure(id);
        if (!underWay.add(id)) {
            throw new FigureRefused(id + " is a term of itself");
        }
        try {
            FigureValue value = compute(figure);
            values.put(id, value);
            return value;
        } catch (FigureRefused e) {
            refused.put(id, String.valueOf(e.getMessage()));
            throw e;
        } finally {
            underWay.remove(id);
        }
    }

    private FigureValue compute(Figure figure) throws FigureRefused {
        if (figure.getFormula().equals(ReportArithmetic.REGISTER_DIFFERENCE)) {
            return registers.difference(
                    Configurations.Register.of(figure), figure.getFromMs(), figure.getToMs(), decimals(figure));
        }
        if (figure.getFormula().equals(ReportArithmetic.SUM)) {
            return sum(figure);
        }
        Optional<EnpiFormula> ofIndicator = EnpiFormula.of(figure.getFormula());
        if (ofIndicator.isPresent()) {
            return enpis.compute(ofIndicator.get(), figure);
        }
        throw new FigureRefused("this program does not know the formula '" + figure.getFormula() + "'");
    }

    private FigureValue sum(Figure figure) throws FigureRefused {
        List<FigureValue> terms = new ArrayList<>();
        for (String id : figure.getTermsList()) {
            Figure term = figure(id);
            if (!term.getUnit().equals(figure.getUnit())
                    || !term.getEnergySource().equals(figure.getEnergySource())
                    || !(figure.getSite().isEmpty() || term.getSite().equals(figure.getSite()))) {
                throw new FigureRefused(id + " is of another unit, energy source or site than the sum");
            }
            long slack = figure.getSite().isEmpty() ? BETWEEN_ZONES.toMillis() : 0;
            if (!within(slack, term.getFromMs(), figure.getFromMs())
                    || !within(slack, term.getToMs(), figure.getToMs())) {
                throw new FigureRefused(id + " is of another period than the sum");
            }
            terms.add(value(id));
        }
        if (new HashSet<>(figure.getTermsList()).size() != terms.size() || terms.isEmpty()) {
            throw new FigureRefused("it has no terms, or one of them twice");
        }
        return ReportArithmetic.sum(figure.getTermsList(), terms);
    }

    private static boolean within(long slackMs, long a, long b) {
        return a <= b ? b <= a + slackMs : a <= b + slackMs;
    }

    /** The digits after the point that the figure is printed with. */
    private static int decimals(Figure figure) throws FigureRefused {
        if (figure.getValue().isEmpty()) {
            return 0;
        }
        if (!figure.getValue().matches("-?\\d{1,30}(\\.\\d{1,12})?")) {
            throw new FigureRefused("its value '" + figure.getValue() + "' is no decimal number");
        }
        return new BigDecimal(figure.getValue()).scale();
    }
}
