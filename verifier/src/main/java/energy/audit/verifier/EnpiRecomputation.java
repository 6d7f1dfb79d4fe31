package energy.audit.verifier;

import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.regression.NoModel;
import energy.audit.analysis.report.EnpiFigures;
import energy.audit.analysis.report.EnpiFormula;
import energy.audit.analysis.report.EnpiFormula.About;
import energy.audit.analysis.report.EnpiRow;
import energy.audit.analysis.report.FigureValue;
import energy.audit.evidence.wire.BaselineInput;
import energy.audit.evidence.wire.EnergyBaseline;
import energy.audit.evidence.wire.EnpiDefinition;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.RelevantVariable;
import energy.audit.evidence.wire.WorkflowDecision;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Recomputes the figures of indicators: the inputs of a baseline are compared with the registers as they were known when it
 * was proposed, its model is fitted again, and applied to the registers of the reporting intervals.
 */
final class EnpiRecomputation {
    private static final String AMOUNT = "amount:";
    private static final String NUMBER = "-?\\d{1,40}(\\.\\d{1,80})?";

    private final LogEvidence log;
    private final KnownRegisters registers;
    private final Map<String, TreeMap<Long, Long>> intervals = new HashMap<>();
    private final Set<String> adjusted = new HashSet<>();
    private final Map<String, Model> models = new HashMap<>();
    private final Map<String, EnpiRow> rows = new HashMap<>();

    /** An indicator whose baseline's inputs are what the registers say. */
    private record Model(EnpiEntries.InForce inForce, EnpiFigures figures, long fromMs, long toMs) {
        EnpiDefinition definition() {
            return inForce.definition().message();
        }
    }

    EnpiRecomputation(List<Figure> figures, LogEvidence log, KnownRegisters registers) {
        this.log = log;
        this.registers = registers;
        for (Figure figure : figures) {
            if (figure.getFormula().equals(EnpiFormula.SAVINGS_AFTER_ADJUSTMENTS.text())) {
                adjusted.add(figure.getEnpi());
            }
            if (figure.getFormula().equals(EnpiFormula.ENERGY.text())) {
                intervals
                        .computeIfAbsent(figure.getEnpi(), id -> new TreeMap<>())
                        .put(figure.getFromMs(), figure.getToMs());
            }
        }
    }

    FigureValue compute(EnpiFormula formula, Figure figure) throws FigureRefused {
        Model model = model(figure);
        String unit = formula.unit(unitOf(model.definition(), figure.getOf()));
        if (!unit.equals(figure.getUnit())) {
            throw new FigureRefused("it is in '" + figure.getUnit() + "' and would be in '" + unit + "'");
        }
        try {
            if (formula.about() == About.MODEL) {
                requirePeriod(figure, model.fromMs(), model.toMs());
                return model.figures().ofModel(formula, figure.getOf(), figure.getValue());
            }
            if (formula.about() == About.INTERVAL && formula != EnpiFormula.CUSUM) {
                return ofInterval(formula, figure, model);
            }
            TreeMap<Long, Long> all = intervalsOf(figure.getEnpi(), model);
            boolean whole = figure.getToMs() == all.lastEntry().getValue();
            if (figure.getFromMs() != all.firstKey() || !(whole || formula == EnpiFormula.CUSUM)) {
                throw new FigureRefused("its period is not that of the indicator's intervals in this report");
            }
            List<EnpiRow> upTo = rows(figure, model, all);
            if (formula == EnpiFormula.CUSUM) {
                return model.figures().cusum(upTo, figure.getValue());
            }
            boolean claim = formula.about() == About.CLAIM || formula.about() == About.ADJUSTED;
            if (claim && model.inForce().review().isPresent()) {
                throw new FigureRefused("a review is open, which stops every claim: "
                        + model.inForce().review().get());
            }
            if (claim) {
                List<BigDecimal> adjustments = adjustments(figure, model, all);
                if (formula.about() == About.ADJUSTED) {
                    return model.figures().afterAdjustments(formula, upTo, adjustments, figure.getValue());
                }
            }
            return model.figures().ofPeriod(formula, upTo, figure.getValue());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FigureRefused(String.valueOf(e.getMessage()));
        } catch (NoModel e) {
            throw new FigureRefused("there is no model: " + e.reason());
        }
    }

    /**
     * kWh of the approved adjustments whose days lie in the intervals.
     *
     * @throws FigureRefused where there are such, and the report does not print savings after them
     */
    private List<BigDecimal> adjustments(Figure figure, Model model, TreeMap<Long, Long> all) throws FigureRefused {
        List<BigDecimal> counted = new ArrayList<>();
        for (WorkflowDecision each : model.inForce().adjustments()) {
            ZoneId zone = log.configurations()
                    .zone(figure.getSite())
                    .orElseThrow(() -> new FigureRefused("the configuration of its site names no zone"));
            try {
                long from = LocalDate.parse(each.getSince())
                        .atStartOfDay(zone)
                        .toInstant()
                        .toEpochMilli();
                long to = LocalDate.parse(each.getLast())
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .toInstant()
                        .toEpochMilli();
                if (from >= all.firstKey() && to <= all.lastEntry().getValue()) {
                    if (!each.getEnergyKwh().matches(NUMBER)) {
                        throw new FigureRefused("adjustment " + each.getAdjustment() + " of it is no decimal number");
                    }
                    counted.add(new BigDecimal(each.getEnergyKwh()));
                }
            } catch (DateTimeException e) {
                throw new FigureRefused(
                        "adjustment " + each.getAdjustment() + " of it has days that are none: " + e.getMessage());
            }
        }
        if (counted.isEmpty() == adjusted.contains(figure.getEnpi())) {
            throw new FigureRefused(
                    counted.isEmpty()
                            ? "no approved adjustment lies in its intervals"
                            : "approved adjustments lie in its intervals, and the report prints no savings after them");
        }
        return counted;
    }

    private FigureValue ofInterval(EnpiFormula formula, Figure figure, Model model) throws FigureRefused {
        Long end = intervalsOf(figure.getEnpi(), model).get(figure.getFromMs());
        if (end == null || end != figure.getToMs()) {
            throw new FigureRefused("the report has no " + EnpiFormula.ENERGY.text() + " figure of its interval");
        }
        EnpiRow row = row(model.definition(), registers, figure.getFromMs(), figure.getToMs());
        if (formula == EnpiFormula.ENERGY) {
            return row.energy();
        }
        if (formula == EnpiFormula.EXPECTED) {
            return model.figures().expected(row, figure.getValue());
        }
        FigureValue value = row.variables().get(figure.getOf());
        if (value == null) {
            throw new FigureRefused("the EnPI has no variable '" + figure.getOf() + "'");
        }
        return value;
    }

    private static void requirePeriod(Figure figure, long fromMs, long toMs) throws FigureRefused {
        if (figure.getFromMs() != fromMs || figure.getToMs() != toMs) {
            throw new FigureRefused("its period is not that of the baseline's inputs");
        }
    }

    /** Every interval follows the one before it, is about as long as the indicator's step, and begins after the baseline. */
    private TreeMap<Long, Long> intervalsOf(String enpi, Model model) throws FigureRefused {
        TreeMap<Long, Long> all = intervals.getOrDefault(enpi, new TreeMap<>());
        if (all.isEmpty()) {
            throw new FigureRefused("the report has no " + EnpiFormula.ENERGY.text() + " figures of it");
        }
        if (all.firstKey() < model.toMs()) {
            throw new FigureRefused("an interval lies in the baseline");
        }
        Long before = null;
        for (Map.Entry<Long, Long> interval : all.entrySet()) {
            requireLength(model.definition(), interval.getKey(), interval.getValue());
            if (before != null && !before.equals(interval.getKey())) {
                throw new FigureRefused("an interval of it is left out");
            }
            before = interval.getValue();
        }
        return all;
    }

    private static void requireLength(EnpiDefinition definition, long fromMs, long toMs) throws FigureRefused {
        boolean monthly = definition.getStep().equals("P1M");
        long hours = Duration.ofMillis(toMs - fromMs).toHours();
        boolean fits = monthly ? hours >= 27 * 24 && hours <= 32 * 24 : hours >= 22 && hours <= 26;
        if (!fits) {
            throw new FigureRefused("an interval of " + hours + " h is no " + definition.getStep());
        }
    }

    private List<EnpiRow> rows(Figure figure, Model model, TreeMap<Long, Long> all) throws FigureRefused {
        List<EnpiRow> found = new ArrayList<>();
        for (Map.Entry<Long, Long> interval : all.entrySet()) {
            if (interval.getValue() <= figure.getToMs()) {
                found.add(row(model.definition(), registers, interval.getKey(), interval.getValue()));
            }
        }
        return found;
    }

    EnpiRow row(EnpiDefinition definition, KnownRegisters known, long fromMs, long toMs) throws FigureRefused {
        String key = definition.getId() + " " + fromMs + " " + toMs;
        EnpiRow cached = known == registers ? rows.get(key) : null;
        if (cached != null) {
            return cached;
        }
        List<FigureValue> energies = new ArrayList<>();
        for (String channel : definition.getChannelsList()) {
            energies.add(
                    known.difference(register(definition, channel, Optional.of("kWh")), fromMs, toMs, EnpiRow.EXACT));
        }
        if (energies.isEmpty()) {
            throw new FigureRefused("the boundary of the EnPI names no register");
        }
        Map<String, FigureValue> variables = new HashMap<>();
        for (RelevantVariable variable : definition.getVariablesList()) {
            variables.put(variable.getId(), variable(definition, variable, known, fromMs, toMs));
        }
        EnpiRow row = new EnpiRow(EnpiRow.amount(energies), variables);
        if (known == registers) {
            rows.put(key, row);
        }
        return row;
    }

    private static FigureValue variable(
            EnpiDefinition definition, RelevantVariable variable, KnownRegisters known, long fromMs, long toMs)
            throws FigureRefused {
        if (!variable.getOrigin().startsWith(AMOUNT)) {
            return known.imported(definition.getSite(), variable.getOrigin(), fromMs, toMs);
        }
        String channel = variable.getOrigin().substring(AMOUNT.length());
        return EnpiRow.amount(List.of(
                known.difference(register(definition, channel, Optional.empty()), fromMs, toMs, EnpiRow.EXACT)));
    }

    private static Configurations.Register register(EnpiDefinition definition, String channel, Optional<String> unit)
            throws FigureRefused {
        String[] parts = channel.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(definition.getSite())) {
            throw new FigureRefused("channel " + channel + " is not of site " + definition.getSite());
        }
        return new Configurations.Register(parts[0], parts[1], channel, unit);
    }

    private static String unitOf(EnpiDefinition definition, String variable) {
        return definition.getVariablesList().stream()
                .filter(each -> each.getId().equals(variable))
                .map(RelevantVariable::getUnit)
                .findFirst()
                .orElse("");
    }

    private Model model(Figure figure) throws FigureRefused {
        EnpiEntries.InForce inForce = log.enpis().inForce(figure);
        Model known = models.get(figure.getEnpi());
        if (known != null) {
            return known;
        }
        EnpiDefinition definition = inForce.definition().message();
        EnergyBaseline baseline = inForce.baseline().message();
        Optional<ModelKind> kind = ModelKind.of(definition.getKind()).filter(EnpiFigures::printable);
        if (kind.isEmpty()) {
            throw new FigureRefused("models of kind '" + definition.getKind() + "' have no figures in reports");
        }
        List<EnpiFigures.Input> inputs = inputs(definition, baseline);
        try {
            Model model = new Model(
                    inForce,
                    new EnpiFigures(kind.get(), baseline.getVariablesList(), inputs, baseline.getLeftOutCount()),
                    baseline.getInputs(0).getFromMs(),
                    baseline.getInputs(inputs.size() - 1).getToMs());
            models.put(figure.getEnpi(), model);
            return model;
        } catch (NoModel e) {
            throw new FigureRefused("the baseline's inputs allow no model: " + e.reason());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FigureRefused("the baseline's inputs are out of all range: " + e.getMessage());
        }
    }

    /** The inputs as the entry has them, each compared with the registers as they were known then. */
    private List<EnpiFigures.Input> inputs(EnpiDefinition definition, EnergyBaseline baseline) throws FigureRefused {
        KnownRegisters then = log.registers(baseline.getLogSize());
        List<EnpiFigures.Input> inputs = new ArrayList<>();
        long before = Long.MIN_VALUE;
        for (BaselineInput input : baseline.getInputsList()) {
            if (input.getFromMs() < before) {
                throw new FigureRefused("inputs of the baseline overlap");
            }
            before = input.getToMs();
            requireLength(definition, input.getFromMs(), input.getToMs());
            EnpiRow row = row(definition, then, input.getFromMs(), input.getToMs());
            String place = "input " + (inputs.size() + 1) + " of the baseline";
            if (input.getValuesCount() != baseline.getVariablesCount()) {
                throw new FigureRefused(place + " has " + input.getValuesCount() + " values");
            }
            BigDecimal energy = confirmed(place, "energy", input.getEnergy(), row.energy());
            boolean measured = row.energy().quality().equals("measured");
            List<BigDecimal> values = new ArrayList<>();
            for (int j = 0; j < baseline.getVariablesCount(); j++) {
                String id = baseline.getVariables(j);
                FigureValue value = row.variables().get(id);
                if (value == null) {
                    throw new FigureRefused("the EnPI has no variable '" + id + "'");
                }
                values.add(confirmed(place, id, input.getValues(j), value));
            }
            inputs.add(new EnpiFigures.Input(energy, values, measured ? "measured" : "estimated"));
        }
        if (inputs.isEmpty()) {
            throw new FigureRefused("the baseline has no inputs");
        }
        return inputs;
    }

    private static BigDecimal confirmed(String place, String what, String said, FigureValue computed)
            throws FigureRefused {
        if (!said.matches(NUMBER)
                || computed.value().isEmpty()
                || new BigDecimal(said).compareTo(new BigDecimal(computed.value())) != 0) {
            throw new FigureRefused(
                    place + " gives " + what + " as " + said + ", the registers as they were known then "
                            + (computed.value().isEmpty() ? "give nothing" : "give " + computed.value()));
        }
        return new BigDecimal(said);
    }
}
