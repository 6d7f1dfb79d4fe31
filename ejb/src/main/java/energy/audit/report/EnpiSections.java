package energy.audit.report;

import energy.audit.analysis.enpi.BaselineFit;
import energy.audit.analysis.regression.NoModel;
import energy.audit.analysis.report.EnpiFigures;
import energy.audit.analysis.report.EnpiFormula;
import energy.audit.analysis.report.EnpiFormula.About;
import energy.audit.analysis.report.EnpiRow;
import energy.audit.analysis.report.FigureValue;
import energy.audit.evidence.wire.Figure;
import energy.audit.kernel.Fault;
import energy.audit.performance.EnpiDefinition;
import energy.audit.performance.RelevantVariable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Computes the figures of a report's indicators and gives them their ids, after those of the registers. */
final class EnpiSections {
    private static final List<EnpiFormula> STATISTICS = List.of(
            EnpiFormula.R_SQUARED,
            EnpiFormula.ADJUSTED_R_SQUARED,
            EnpiFormula.CV_RMSE,
            EnpiFormula.F_P,
            EnpiFormula.AUTOCORRELATION,
            EnpiFormula.DURBIN_WATSON);

    private final List<Figure> figures = new ArrayList<>();
    private final List<EnpiChapter> chapters = new ArrayList<>();
    private final int before;

    /** @param before how many figures the report has without them */
    EnpiSections(int before) {
        this.before = before;
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    List<EnpiChapter> chapters() {
        return List.copyOf(chapters);
    }

    /** An indicator that has no figures. */
    void addWithout(EnpiCase of, String whyNot) {
        chapters.add(EnpiChapter.without(of, whyNot));
    }

    /**
     * @param then differences of registers as they were known when the baseline was proposed
     * @param now the same as the report knows them
     */
    void add(EnpiCase of, Map<String, FigureValue> then, Map<String, FigureValue> now) {
        try {
            new Writer(of, of.figures(then), now).write();
        } catch (NoModel e) {
            throw new Fault(
                    "BASELINE_DIFFERS",
                    "baseline " + of.baseline().id(),
                    "its inputs allow no model: " + e.reason(),
                    "Compare log entry " + of.baseline().logIndex() + " with docs/enpi.md.",
                    e);
        }
    }

    /** Of one indicator. */
    private final class Writer {
        private final EnpiCase of;
        private final EnpiFigures values;
        private final Map<String, FigureValue> now;
        private final List<EnpiRow> rows = new ArrayList<>();

        Writer(EnpiCase of, EnpiFigures values, Map<String, FigureValue> now) {
            this.of = of;
            this.values = values;
            this.now = now;
        }

        void write() {
            BaselineFit fit = values.fit();
            List<EnpiChapter.Coefficient> coefficients = new ArrayList<>();
            for (String name : values.coefficients()) {
                boolean tested = fit.fit().isPresent();
                coefficients.add(new EnpiChapter.Coefficient(
                        name,
                        model(EnpiFormula.COEFFICIENT, name),
                        tested ? model(EnpiFormula.STANDARD_ERROR, name) : "",
                        tested ? model(EnpiFormula.P, name) : ""));
            }
            Map<EnpiFormula, String> statistics = new EnumMap<>(EnpiFormula.class);
            statistics.put(EnpiFormula.OBSERVATIONS, model(EnpiFormula.OBSERVATIONS, ""));
            if (fit.fit().isPresent()) {
                STATISTICS.forEach(formula -> statistics.put(formula, model(formula, "")));
            }
            List<EnpiChapter.Line> lines = new ArrayList<>();
            of.intervals().forEach(interval -> lines.add(line(interval)));
            List<String> against = against();
            Map<EnpiFormula, String> totals = new EnumMap<>(EnpiFormula.class);
            for (EnpiFormula formula : EnpiFormula.values()) {
                if (!rows.isEmpty()
                        && (formula.about() == About.PERIOD || formula.about() == About.CLAIM && against.isEmpty())) {
                    totals.put(formula, period(formula));
                }
                if (!rows.isEmpty()
                        && formula.about() == About.ADJUSTED
                        && against.isEmpty()
                        && !of.adjustments().isEmpty()) {
                    totals.put(formula, period(formula));
                }
            }
            chapters.add(new EnpiChapter(
                    of,
                    "",
                    coefficients,
                    statistics,
                    lines,
                    totals,
                    against,
                    fit.verdict().reasons()));
        }

        /** An open review stops every claim, whatever the numbers say. */
        private List<String> against() {
            return of.standing()
                    .review()
                    .map(review -> List.of(review.reason()))
                    .orElseGet(() -> rows.isEmpty() ? List.of() : values.against(rows));
        }

        private EnpiChapter.Line line(EnpiCase.Stretch interval) {
            EnpiRow row = of.row(interval.from(), interval.to(), now);
            rows.add(row);
            String label = interval.day().toString();
            String energy = put(EnpiFormula.ENERGY, "", label, interval.from(), interval.to(), row.energy());
            List<String> variables = new ArrayList<>();
            for (RelevantVariable variable : of.enpi().variables()) {
                variables.add(put(
                        EnpiFormula.VARIABLE,
                        variable.id(),
                        label,
                        interval.from(),
                        interval.to(),
                        java.util.Objects.requireNonNull(row.variables().get(variable.id()))));
            }
            return new EnpiChapter.Line(
                    interval,
                    energy,
                    variables,
                    put(EnpiFormula.EXPECTED, "", label, interval.from(), interval.to(), values.expected(row, "")),
                    put(
                            EnpiFormula.CUSUM,
                            "",
                            label,
                            of.intervals().get(0).from(),
                            interval.to(),
                            values.cusum(rows, "")));
        }

        private String model(EnpiFormula formula, String name) {
            var inputs = of.baseline().inputs();
            return put(
                    formula,
                    name,
                    of.baseline().id(),
                    inputs.get(0).from(),
                    inputs.get(inputs.size() - 1).to(),
                    values.ofModel(formula, name, ""));
        }

        private String period(EnpiFormula formula) {
            return put(
                    formula,
                    "",
                    of.baseline().id(),
                    of.intervals().get(0).from(),
                    of.intervals().get(of.intervals().size() - 1).to(),
                    formula.about() == About.ADJUSTED
                            ? values.afterAdjustments(formula, rows, of.adjustments(), "")
                            : values.ofPeriod(formula, rows, ""));
        }

        private String put(
                EnpiFormula formula, String name, String label, Instant from, Instant to, FigureValue value) {
            EnpiDefinition enpi = of.enpi();
            String id = "F%04d".formatted(before + figures.size() + 1);
            String what =
                    formula.text().substring("enpi-".length(), formula.text().indexOf('/'));
            figures.add(Figure.newBuilder()
                    .setId(id)
                    .setLabel(String.join(
                            ", ",
                            name.isEmpty()
                                    ? List.of(enpi.id(), what, label)
                                    : List.of(enpi.id(), what + " of " + name, label)))
                    .setSite(enpi.site().value())
                    .setFromMs(from.toEpochMilli())
                    .setToMs(to.toEpochMilli())
                    .setUnit(formula.unit(unit(name)))
                    .setFormula(formula.text())
                    .setEnpi(enpi.id())
                    .setBaseline(of.baseline().version())
                    .setOf(name)
                    .setValue(value.value())
                    .setQuality(value.quality())
                    .setCoverage(value.coverage())
                    .setNote(value.note())
                    .build());
            return id;
        }

        private String unit(String variable) {
            return of.enpi().variables().stream()
                    .filter(each -> each.id().equals(variable))
                    .map(each -> of.enpi().unitOf(each.id()))
                    .findFirst()
                    .orElse("");
        }
    }
}
