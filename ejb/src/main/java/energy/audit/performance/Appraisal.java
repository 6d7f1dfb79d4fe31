package energy.audit.performance;

import energy.audit.analysis.document.JsonText;
import energy.audit.analysis.document.SavingsFigures;
import energy.audit.analysis.enpi.BaselineFit;
import energy.audit.analysis.enpi.Formula;
import energy.audit.analysis.enpi.FormulaRefused;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.enpi.Unit;
import energy.audit.analysis.performance.CusumCourse;
import energy.audit.analysis.performance.EnergyPerformance;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.performance.NonRoutineAdjustment;
import energy.audit.analysis.performance.PeriodData;
import energy.audit.analysis.performance.SavingsCourse;
import energy.audit.analysis.performance.SavingsInWords;
import energy.audit.analysis.performance.SourceData;
import energy.audit.analysis.regression.NoModel;
import energy.audit.analysis.regression.SepRules;
import energy.audit.analysis.regression.Series;
import energy.audit.analysis.regression.Verdict;
import energy.audit.kernel.Fault;
import energy.audit.kernel.Refusal;
import energy.audit.performance.Baseline.Input;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What rows say by a model. Pure. */
final class Appraisal {
    static final double CONFIDENCE = 0.9;

    private Appraisal() {}

    /** The model of usable rows over some of the variables. */
    static BaselineFit fit(EnpiDefinition enpi, List<PeriodRow> usable, List<String> variables) {
        return BaselineFit.of(enpi.kind(), energy(usable), columns(usable, variables), formula(enpi));
    }

    /** The model of a baseline's entry: from its inputs, and compared with what the entry says. */
    static BaselineFit fit(EnpiDefinition enpi, Baseline baseline) {
        List<Series> columns = new ArrayList<>();
        for (int j = 0; j < baseline.variables().size(); j++) {
            int at = j;
            columns.add(Series.ofDecimals(
                    baseline.variables().get(j),
                    baseline.inputs().stream().map(i -> i.values().get(at)).toList()));
        }
        Series energy = Series.ofDecimals(
                "energy", baseline.inputs().stream().map(Input::energy).toList());
        BaselineFit fit = BaselineFit.of(enpi.kind(), energy, columns, formula(enpi));
        if (!KeptModel.agrees(baseline.model(), JsonText.of(fit.document()))) {
            throw new Fault(
                    "BASELINE_DIFFERS",
                    "baseline " + baseline.id(),
                    "its inputs give another model than its entry of the log says",
                    "Compare log entry " + baseline.logIndex() + " with docs/enpi.md; no claim can rest on it.",
                    null);
        }
        return fit;
    }

    static Optional<Formula> formula(EnpiDefinition enpi) {
        return enpi.kind() == ModelKind.ENGINEERING
                ? Optional.of(formula(enpi.formula(), enpi.variables(), Map.of()))
                : Optional.empty();
    }

    /** @param units of the variables by id; degrees are K, what is not known has no unit */
    static Formula formula(String text, List<RelevantVariable> variables, Map<String, String> units) {
        Map<String, Unit> known = new HashMap<>();
        variables.forEach(v -> known.put(v.id(), Unit.parse(units.getOrDefault(v.id(), "1"))));
        try {
            return Formula.parse(text, known, Unit.parse(EnpiDefinition.UNIT));
        } catch (FormulaRefused e) {
            throw Refusal.invalid("BAD_FORMULA", "formula", String.valueOf(e.getMessage()), "Correct it.");
        }
    }

    static List<String> leftOut(List<PeriodRow> rows) {
        return rows.stream()
                .filter(row -> !row.usable())
                .map(row -> row.day() + ": " + row.leftOut())
                .toList();
    }

    static List<PeriodRow> usable(List<PeriodRow> rows) {
        return rows.stream().filter(PeriodRow::usable).toList();
    }

    static List<ExpectedRow> expected(
            EnpiDefinition enpi, List<PeriodRow> rows, Optional<Baseline> baseline, Optional<BaselineFit> fit) {
        List<ExpectedRow> expected = new ArrayList<>();
        for (PeriodRow row : rows) {
            OptionalDouble modelled = OptionalDouble.empty();
            if (row.usable() && fit.isPresent() && baseline.isPresent()) {
                double value =
                        fit.get().expected(columns(List.of(row), baseline.get().variables()), 1)[0];
                modelled = Double.isFinite(value) ? OptionalDouble.of(value) : modelled;
            }
            expected.add(new ExpectedRow(row, modelled, value(enpi, row, modelled), unit(enpi)));
        }
        return expected;
    }

    static String unit(EnpiDefinition enpi) {
        return enpi.kind() == ModelKind.VALUE
                ? EnpiDefinition.UNIT
                : enpi.kind() == ModelKind.RATIO
                        ? EnpiDefinition.UNIT + "/" + enpi.variables().get(0).id()
                        : "1";
    }

    private static OptionalDouble value(EnpiDefinition enpi, PeriodRow row, OptionalDouble expected) {
        if (!row.usable()) {
            return OptionalDouble.empty();
        }
        double energy = row.energy().orElseThrow().doubleValue();
        if (enpi.kind() == ModelKind.VALUE) {
            return OptionalDouble.of(energy);
        }
        double by = enpi.kind() == ModelKind.RATIO
                ? row.variables()
                        .getOrDefault(enpi.variables().get(0).id(), BigDecimal.ZERO)
                        .doubleValue()
                : expected.orElse(0);
        return by > 0 ? OptionalDouble.of(energy / by) : OptionalDouble.empty();
    }

    static CusumCourse cusum(List<ExpectedRow> rows, List<Decision> decisions, ZoneId zone) {
        List<ExpectedRow> shown =
                rows.stream().filter(r -> r.expected().isPresent()).toList();
        return CusumCourse.of(
                shown.stream().map(r -> r.row().day().atStartOfDay()).toList(),
                energy(shown.stream().map(ExpectedRow::row).toList()),
                Series.of(
                        "expected",
                        shown.stream()
                                .mapToDouble(r -> r.expected().orElseThrow())
                                .toArray()),
                events(decisions, zone));
    }

    static List<CusumCourse.Event> events(List<Decision> decisions, ZoneId zone) {
        List<CusumCourse.Event> events = new ArrayList<>();
        for (Decision decision : decisions) {
            if (decision.what().equals(Decision.CHANGED)) {
                events.add(new CusumCourse.Event(
                        java.time.LocalDate.parse(decision.since()).atStartOfDay(),
                        decision.factor() + ": " + decision.before() + " → " + decision.after()));
            } else {
                events.add(new CusumCourse.Event(
                        LocalDateTime.ofInstant(decision.at(), zone), decision.subject() + " " + decision.what()));
            }
        }
        return events;
    }

    /** Whether the model may be applied to rows: the rule about the variables' means. */
    static Verdict application(BaselineFit fit, List<PeriodRow> usable, List<String> variables) {
        return fit.verdict()
                .and(fit.fit()
                        .map(model -> Verdict.ofApplication(
                                model, fit.columns(columns(usable, variables)), "reporting period", SepRules.SEP))
                        .orElse(Verdict.of(List.of())));
    }

    /** @throws Refusal when the periods allow no savings by the method */
    static SavingsFigures savings(
            Method method,
            EnpiDefinition enpi,
            Baseline baseline,
            BaselineFit fit,
            List<PeriodRow> reporting,
            Optional<List<PeriodRow>> middle,
            List<Adjustment> adjustments,
            List<Decision> decisions,
            ZoneId zone) {
        PeriodData before = new PeriodData(fit.energy(), fit.columns(fit.variables()));
        PeriodData after = new PeriodData(energy(reporting), fit.columns(columns(reporting, baseline.variables())));
        SourceData source = SourceData.of(enpi.name(), before, after);
        List<SourceData> sources = List.of(middle.map(rows -> source.withMiddle(
                        new PeriodData(energy(rows), fit.columns(columns(rows, baseline.variables())))))
                .orElse(source));
        try {
            var performance = EnergyPerformance.of(method, sources, true, CONFIDENCE, SepRules.SEP);
            var atAshrae = EnergyPerformance.of(method, sources, true, SavingsInWords.ASHRAE_CONFIDENCE, SepRules.SEP);
            return new SavingsFigures(
                    performance,
                    Optional.empty(),
                    Verdict.of(List.of()),
                    adjustments.isEmpty()
                            ? Optional.empty()
                            : Optional.of(NonRoutineAdjustment.apply(
                                    performance,
                                    adjustments.stream().map(Adjustment::record).toList())),
                    SavingsInWords.of(performance, atAshrae, EnpiDefinition.UNIT),
                    SavingsCourse.of(
                            performance,
                            sources,
                            baseline.inputs().stream()
                                    .map(i -> LocalDateTime.ofInstant(i.from(), zone))
                                    .toList(),
                            reporting.stream().map(r -> r.day().atStartOfDay()).toList(),
                            events(decisions, zone)),
                    EnpiDefinition.UNIT);
        } catch (NoModel e) {
            throw Refusal.conflict(
                    "NO_SAVINGS", "savings of " + enpi.id(), e.reason(), "Choose another method or reporting period.");
        }
    }

    static Series energy(List<PeriodRow> rows) {
        return Series.ofDecimals(
                "energy", rows.stream().map(row -> row.energy().orElseThrow()).toList());
    }

    static List<Series> columns(List<PeriodRow> rows, List<String> variables) {
        return variables.stream()
                .map(id -> Series.ofDecimals(
                        id,
                        rows.stream()
                                .map(row -> row.variables().getOrDefault(id, BigDecimal.ZERO))
                                .toList()))
                .toList();
    }
}
