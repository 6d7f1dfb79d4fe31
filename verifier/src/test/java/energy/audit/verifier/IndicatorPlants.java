package energy.audit.verifier;

import energy.audit.analysis.report.EnpiFormula;
import energy.audit.analysis.report.EnpiFormula.About;
import energy.audit.analysis.report.EnpiRow;
import energy.audit.analysis.report.FigureValue;
import energy.audit.evidence.Columns;
import energy.audit.evidence.wire.BaselineInput;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.EnergyBaseline;
import energy.audit.evidence.wire.EnpiDefinition;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.RelevantVariable;
import energy.audit.evidence.wire.WorkflowDecision;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Honest reports about an indicator: energy of two registers over up to two variables, days without readings, interpolated
 * midnights, readings that came after the baseline was proposed, a calorific value that changes, open and closed reviews.
 * The same seed gives the same report.
 */
final class IndicatorPlants {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    /** Two of them meet a change of the clocks. */
    private static final List<LocalDate> FIRSTS =
            List.of(LocalDate.of(2026, 5, 1), LocalDate.of(2026, 3, 20), LocalDate.of(2026, 10, 17));

    static final List<String> DRIVERS = List.of(
            "amount:hall.pieces.product-output",
            "production:pieces",
            "mean:weather/roof",
            "heating-degrees:weather/roof:15",
            "heating-degrees:weather/roof:18/14.5",
            "cooling-degrees:weather/roof:9:hourly",
            "operating-hours",
            "shift-hours:night");
    private static final List<String> CHANNELS =
            List.of(SmallPlant.MAIN, SmallPlant.GAS, "hall.line.product-output", "hall.pieces.product-output");

    private final Random random;
    private final SmallPlant plant = SmallPlant.tenantOnly();
    private final MeteredHall metering = new MeteredHall(plant, ZONE, CHANNELS);
    private final long[] counts = {520_000, 40_000, 7_000, 900_000};
    private final TreeMap<Instant, long[]> late = new TreeMap<>();
    private final LocalDate first;
    private final int baselineDays;
    private final int reportingDays;
    private int figures;
    private int invented;
    private EnergyBaseline proposed = EnergyBaseline.getDefaultInstance();
    private String approver = "carl";
    private String adjuster = "carl";
    private boolean adjusted;

    private IndicatorPlants(long seed) {
        random = new Random(seed);
        first = FIRSTS.get(random.nextInt(FIRSTS.size()));
        baselineDays = 9 + random.nextInt(8);
        reportingDays = 2 + random.nextInt(5);
    }

    static SmallPlant ofSeed(long seed) {
        return new IndicatorPlants(seed).build();
    }

    /** Three weeks of a linear model that may carry a claim, with one day left out; for the published vectors. */
    static SmallPlant published() {
        for (long seed = 1; ; seed++) {
            SmallPlant plant = ofSeed(seed);
            List<String> formulas = plant.figures().getFiguresList().stream()
                    .map(Figure::getFormula)
                    .toList();
            boolean leftOut = plant.figures().getFiguresList().stream()
                    .anyMatch(figure -> figure.getNote().contains("intervals left out"));
            if (leftOut && formulas.contains(EnpiFormula.UNCERTAINTY.text())) {
                return plant;
            }
        }
    }

    /** A claim after adjustments. @param approver of the adjustments; emma has proposed them */
    static SmallPlant adjusted(String approver) {
        for (long seed = 1; ; seed++) {
            IndicatorPlants plants = new IndicatorPlants(seed);
            plants.adjusted = true;
            SmallPlant plant = plants.build();
            boolean claimed = plant.figures().getFiguresList().stream()
                    .anyMatch(figure -> figure.getFormula().equals(EnpiFormula.SAVINGS_AFTER_ADJUSTMENTS.text()));
            if (claimed && approver.equals("carl")) {
                return plant;
            }
            if (claimed) {
                IndicatorPlants own = new IndicatorPlants(seed);
                own.adjusted = true;
                own.adjuster = approver;
                List<Figure> printed = List.copyOf(plant.figures().getFiguresList());
                SmallPlant of = own.build();
                of.figures().clearFigures().addAllFigures(printed);
                return of;
            }
        }
    }

    /** Its first input says one kilowatt-hour more than the registers. */
    static SmallPlant withInventedInput() {
        IndicatorPlants plants = new IndicatorPlants(1);
        plants.invented = 1;
        return plants.build();
    }

    static SmallPlant approvedByItsAuthor() {
        IndicatorPlants plants = new IndicatorPlants(1);
        plants.approver = "emma";
        return plants.build();
    }

    private SmallPlant build() {
        plant.enrol("hall-agent", plant.agentKey, false);
        metering.configure(first.minusDays(3), "10.27");
        if (random.nextInt(3) == 0) {
            metering.configure(first.plusDays(3 + random.nextInt(baselineDays)), "10.613");
        }
        for (int day = 0; day <= baselineDays; day++) {
            day(first.plusDays(day));
        }
        DrivenPlant driven = new DrivenPlant(plant, random, ZONE);
        driven.planShifts(first);
        driven.importDays(first, first.plusDays(baselineDays));
        EnpiDefinition definition = definition();
        plant.append(EntryKind.ENPI_DEFINITION, "emma", definition);
        propose(definition);
        adjusted = adjusted || random.nextInt(3) == 0;
        if (adjusted) {
            new AdjustedPlant(plant, first, adjuster).adjustBeforeTheApproval(baselineDays);
        }
        decide("hall-b1", "approved", approver);
        if (random.nextInt(4) == 0) {
            decide("enpi:hall", "review-opened", "performance");
            if (random.nextBoolean()) {
                decide("enpi:hall", "review-closed", "carl");
            }
        }
        adjust();
        late.forEach((at, read) -> send(at, read));
        for (int day = 1; day <= reportingDays; day++) {
            day(first.plusDays(baselineDays + day));
        }
        driven.correctDays(first, first.plusDays(baselineDays));
        driven.importDays(first.plusDays(baselineDays), first.plusDays(baselineDays + reportingDays));
        figures(definition);
        return plant;
    }

    /** The reading at a midnight, or instead of it none, one that comes late, or two on either side. */
    private void day(LocalDate day) {
        Instant at = day.atStartOfDay(ZONE).toInstant();
        int tons = 20 + random.nextInt(60);
        int pieces = 100 + random.nextInt(300);
        counts[0] += 3_000 + 25L * tons + 3L * pieces + random.nextInt(400);
        counts[1] += 200 + 9L * tons + random.nextInt(50);
        counts[2] += tons * 10L;
        counts[3] += pieces;
        int happens = random.nextInt(14);
        if (happens == 0) {
            return;
        }
        if (happens == 1) {
            late.put(at, counts.clone());
        } else if (happens == 2) {
            send(at.minusSeconds(1500), less(7));
            send(at.plusSeconds(1700), counts.clone());
        } else if (happens == 3) {
            send(at.plusMillis(random.nextInt(9_000) - 4_500L), counts.clone());
        } else {
            send(at, counts.clone());
        }
    }

    private long[] less(int by) {
        long[] before = counts.clone();
        for (int i = 0; i < before.length; i++) {
            before[i] -= by;
        }
        return before;
    }

    private void send(Instant at, long[] read) {
        Batch.Builder batch = plant.nextBatch(at, read[0], read[1]);
        batch.addColumns(Columns.encode(CHANNELS.get(2), 0, new @Nullable Long[] {read[2]}));
        batch.addColumns(Columns.encode(CHANNELS.get(3), 0, new @Nullable Long[] {read[3]}));
        plant.sends(batch.build(), plant.agentKey);
    }

    private EnpiDefinition definition() {
        String kind = List.of("linear", "linear", "linear", "ratio", "value").get(random.nextInt(5));
        EnpiDefinition.Builder definition = EnpiDefinition.newBuilder()
                .setTenant("demo")
                .setId("hall")
                .setVersion(1)
                .setName("Energy of the hall")
                .setSite("hall")
                .addChannels(CHANNELS.get(0))
                .setKind(kind)
                .setStep("P1D")
                .setUnit("kWh")
                .setReason("test");
        if (random.nextBoolean()) {
            definition.addChannels(CHANNELS.get(1));
        }
        if (!kind.equals("value")) {
            variable(
                    definition,
                    "output",
                    random.nextInt(3) > 0 ? "amount:" + CHANNELS.get(2) : "production:castings",
                    "t");
        }
        if (kind.equals("linear") && random.nextBoolean()) {
            variable(definition, "second", DRIVERS.get(random.nextInt(DRIVERS.size())), "1");
        }
        return definition.build();
    }

    private static void variable(EnpiDefinition.Builder definition, String id, String origin, String unit) {
        definition.addVariables(
                RelevantVariable.newBuilder().setId(id).setOrigin(origin).setUnit(unit));
    }

    private void propose(EnpiDefinition definition) {
        long size = plant.head().size();
        LogEvidence log = checked();
        KnownRegisters known = log.registers(size);
        EnpiRecomputation rows = new EnpiRecomputation(List.of(), log, known);
        EnergyBaseline.Builder baseline = EnergyBaseline.newBuilder()
                .setTenant("demo")
                .setEnpi("hall")
                .setEnpiVersion(1)
                .setVersion(1)
                .setFirstDay(first.toString())
                .setLastDay(first.plusDays(baselineDays - 1L).toString())
                .setLogSize(size)
                .setReason("test");
        definition.getVariablesList().forEach(variable -> baseline.addVariables(variable.getId()));
        for (int day = 0; day < baselineDays; day++) {
            long from = at(day);
            long to = at(day + 1);
            EnpiRow row = row(rows, definition, known, from, to);
            if (!row.usable()) {
                baseline.addLeftOut(first.plusDays(day) + ": no data");
                continue;
            }
            BaselineInput.Builder input = BaselineInput.newBuilder()
                    .setFromMs(from)
                    .setToMs(to)
                    .setEnergy(new BigDecimal(row.energy().value())
                            .add(BigDecimal.valueOf(baseline.getInputsCount() == 0 ? invented : 0))
                            .toPlainString())
                    .setQuality(row.energy().quality());
            definition
                    .getVariablesList()
                    .forEach(variable -> input.addValues(
                            Objects.requireNonNull(row.variables().get(variable.getId()))
                                    .value()));
            baseline.addInputs(input);
        }
        proposed = baseline.build();
        plant.append(EntryKind.BASELINE, "emma", proposed);
    }

    private long at(int day) {
        return first.plusDays(day).atStartOfDay(ZONE).toInstant().toEpochMilli();
    }

    private static EnpiRow row(
            EnpiRecomputation rows, EnpiDefinition definition, KnownRegisters known, long from, long to) {
        try {
            return rows.row(definition, known, from, to);
        } catch (FigureRefused e) {
            throw new IllegalStateException("the plant's own interval", e);
        }
    }

    private void decide(String subject, String what, String by) {
        plant.append(
                EntryKind.WORKFLOW_DECISION,
                by,
                WorkflowDecision.newBuilder()
                        .setSubject(subject)
                        .setDecision(what)
                        .setReason("test")
                        .build());
    }

    /** In some plants: one inside the reporting period, one partly outside, one rejected, one that waits. */
    private void adjust() {
        if (!adjusted) {
            return;
        }
        new AdjustedPlant(plant, first, adjuster).adjust(baselineDays, random.nextBoolean());
    }

    private LogEvidence checked() {
        LogEvidence log = new LogEvidence(plant.bundle().build(), TrustAnchors.NONE, new Findings());
        log.check();
        return log;
    }

    /** All that such an indicator can have, then those left away that may not be printed. */
    private void figures(EnpiDefinition definition) {
        EnergyBaseline baseline = proposed;
        long from = at(baselineDays);
        long to = at(baselineDays + reportingDays);
        List<String> names = new ArrayList<>(baseline.getVariablesList());
        names.add(definition.getKind().equals("value") ? "mean" : "intercept");
        if (baseline.getInputsCount() > 0) {
            long begin = baseline.getInputs(0).getFromMs();
            long end = baseline.getInputs(baseline.getInputsCount() - 1).getToMs();
            for (EnpiFormula formula : EnpiFormula.values()) {
                if (formula.about() == About.MODEL) {
                    names.forEach(name -> add(definition, formula, name, begin, end));
                    add(definition, formula, "", begin, end);
                }
            }
            for (int day = baselineDays; day < baselineDays + reportingDays; day++) {
                add(definition, EnpiFormula.ENERGY, "", at(day), at(day + 1));
                for (RelevantVariable variable : definition.getVariablesList()) {
                    add(definition, EnpiFormula.VARIABLE, variable.getId(), at(day), at(day + 1));
                }
                add(definition, EnpiFormula.EXPECTED, "", at(day), at(day + 1));
                add(definition, EnpiFormula.CUSUM, "", from, at(day + 1));
            }
            for (EnpiFormula formula : EnpiFormula.values()) {
                if (formula.about() == About.PERIOD
                        || formula.about() == About.CLAIM
                        || (adjusted && formula.about() == About.ADJUSTED)) {
                    add(definition, formula, "", from, to);
                }
            }
        }
        if (figures == 0) {
            plant.figure(
                    "F0001",
                    "main",
                    SmallPlant.MAIN,
                    first.atStartOfDay(ZONE).toInstant(),
                    first.plusDays(1).atStartOfDay(ZONE).toInstant(),
                    "kWh",
                    "",
                    "");
        }
        fill();
    }

    private void add(EnpiDefinition definition, EnpiFormula formula, String of, long from, long to) {
        figures++;
        String unit = definition.getVariablesList().stream()
                .filter(variable -> variable.getId().equals(of))
                .map(RelevantVariable::getUnit)
                .findFirst()
                .orElse("");
        plant.figures()
                .addFiguresBuilder()
                .setId("F%04d".formatted(figures))
                .setLabel(formula.name())
                .setSite("hall")
                .setFromMs(from)
                .setToMs(to)
                .setUnit(formula.unit(unit))
                .setFormula(formula.text())
                .setEnpi("hall")
                .setBaseline(1)
                .setOf(of);
    }

    private void fill() {
        LogEvidence log = checked();
        List<Figure> planned = List.copyOf(plant.figures().getFiguresList());
        Recomputation again = new Recomputation(planned, log, new Findings());
        plant.figures().clearFigures();
        for (Figure figure : planned) {
            try {
                FigureValue value = again.value(figure.getId());
                plant.figures()
                        .addFigures(figure.toBuilder()
                                .setValue(value.value())
                                .setQuality(value.quality())
                                .setCoverage(value.coverage())
                                .setNote(value.note()));
            } catch (FigureRefused refused) {
                // such a model has no such figure, or no claim may be made; what is dishonest keeps one to be refused
                if ((invented > 0 || !approver.equals("carl"))
                        && figure.getFormula().equals(EnpiFormula.OBSERVATIONS.text())) {
                    plant.figures().addFigures(figure.toBuilder().setValue("9"));
                }
            }
        }
    }
}
