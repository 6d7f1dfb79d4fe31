package energy.audit.verifier;

import energy.audit.analysis.report.EnpiFormula;
import energy.audit.analysis.report.EnpiFormula.About;
import energy.audit.analysis.report.EnpiRow;
import energy.audit.analysis.report.FigureValue;
import energy.audit.evidence.Columns;
import energy.audit.evidence.wire.BaselineInput;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.EnergyBaseline;
import energy.audit.evidence.wire.EnpiDefinition;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
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
 * midnights, readings that came after the baseline was proposed, a calorific value that changes, open and closed reviews; from
 * seed 20 on non-routine adjustments that are waiting, rejected, approved, of another baseline, or lie partly in the period.
 * The same seed gives the same report.
 */
final class IndicatorPlants {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final LocalDate FIRST = LocalDate.of(2026, 5, 1);
    private static final List<String> CHANNELS =
            List.of(SmallPlant.MAIN, SmallPlant.GAS, "hall.line.product-output", "hall.pieces.product-output");

    private static final long FIRST_ADJUSTED = 20;

    private final Random random;
    private final Random adjusting;
    private final boolean adjusted;
    private final SmallPlant plant = SmallPlant.tenantOnly();
    private final long[] counts = {520_000, 40_000, 7_000, 900_000};
    private final TreeMap<Instant, long[]> late = new TreeMap<>();
    private final int baselineDays;
    private final int reportingDays;
    private int figures;
    private int invented;
    private EnergyBaseline proposed = EnergyBaseline.getDefaultInstance();
    private String approver = "carl";

    private IndicatorPlants(long seed) {
        random = new Random(seed);
        adjusting = new Random(-seed);
        adjusted = seed >= FIRST_ADJUSTED;
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
        configure(FIRST.minusDays(3), "10.27");
        if (random.nextInt(3) == 0) {
            configure(FIRST.plusDays(3 + random.nextInt(baselineDays)), "10.613");
        }
        for (int day = 0; day <= baselineDays; day++) {
            day(FIRST.plusDays(day));
        }
        EnpiDefinition definition = definition();
        plant.append(EntryKind.ENPI_DEFINITION, "emma", definition);
        propose(definition);
        decide("hall-b1", "approved", approver);
        if (random.nextInt(4) == 0) {
            decide("enpi:hall", "review-opened", "performance");
            if (random.nextBoolean()) {
                decide("enpi:hall", "review-closed", "carl");
            }
        }
        late.forEach((at, read) -> send(at, read));
        for (int day = 1; day <= reportingDays; day++) {
            day(FIRST.plusDays(baselineDays + day));
        }
        if (adjusted) {
            PlantAdjustments.add(plant, adjusting, baselineDays, reportingDays);
        }
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

    private void configure(LocalDate from, String calorific) {
        MeteringConfiguration.Builder configuration = MeteringConfiguration.newBuilder()
                .setTenant("demo")
                .setSite("hall")
                .setSiteName("Hall")
                .setZone(ZONE.getId())
                .setEffectiveFromMs(from.atStartOfDay(ZONE).toInstant().toEpochMilli());
        meter(configuration, "main", CHANNELS.get(0), "kWh", "0.1", "1");
        meter(configuration, "gas", CHANNELS.get(1), "m3", "0.01", calorific);
        meter(configuration, "line", CHANNELS.get(2), "t", "0.001", "");
        meter(configuration, "pieces", CHANNELS.get(3), "1", "1", "");
        plant.append(EntryKind.METERING_CONFIGURATION, "admin", configuration.build());
    }

    private static void meter(
            MeteringConfiguration.Builder configuration,
            String id,
            String channel,
            String unit,
            String multiplier,
            String kwhPerUnit) {
        configuration.addMeters(Meter.newBuilder()
                .setId(id)
                .setEnergySource(kwhPerUnit.isEmpty() ? "none" : "electricity")
                .addChannels(Channel.newBuilder()
                        .setId(channel)
                        .setQuantity(channel.substring(channel.lastIndexOf('.') + 1))
                        .setUnit(unit)
                        .setKind(RegisterKind.COUNTER)
                        .setEncoding("uint32")
                        .setMultiplier(multiplier)
                        .setOffset("0")
                        .setModulus("1000000")
                        .setEnergyKwhPerUnit(kwhPerUnit)));
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
            variable(definition, "output", CHANNELS.get(2), "t");
        }
        if (kind.equals("linear") && random.nextBoolean()) {
            variable(definition, "pieces", CHANNELS.get(3), "1");
        }
        return definition.build();
    }

    private static void variable(EnpiDefinition.Builder definition, String id, String channel, String unit) {
        definition.addVariables(RelevantVariable.newBuilder()
                .setId(id)
                .setOrigin("amount:" + channel)
                .setUnit(unit));
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
                .setFirstDay(FIRST.toString())
                .setLastDay(FIRST.plusDays(baselineDays - 1L).toString())
                .setLogSize(size)
                .setReason("test");
        definition.getVariablesList().forEach(variable -> baseline.addVariables(variable.getId()));
        for (int day = 0; day < baselineDays; day++) {
            long from = at(day);
            long to = at(day + 1);
            EnpiRow row = row(rows, definition, known, from, to);
            if (!row.usable()) {
                baseline.addLeftOut(FIRST.plusDays(day) + ": no data");
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

    static long at(int day) {
        return FIRST.plusDays(day).atStartOfDay(ZONE).toInstant().toEpochMilli();
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
                if ((formula.about() == About.PERIOD || formula.about() == About.CLAIM)
                        && (adjusted || formula != EnpiFormula.ADJUSTMENTS)) {
                    add(definition, formula, "", from, to);
                }
            }
        }
        if (figures == 0) {
            plant.figure(
                    "F0001",
                    "main",
                    SmallPlant.MAIN,
                    FIRST.atStartOfDay(ZONE).toInstant(),
                    FIRST.plusDays(1).atStartOfDay(ZONE).toInstant(),
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
