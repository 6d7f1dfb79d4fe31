package energy.audit.verifier;

import static energy.audit.verifier.SmallPlant.GAS;
import static energy.audit.verifier.SmallPlant.MAIN;
import static energy.audit.verifier.SmallPlant.MAY;

import energy.audit.analysis.register.MeterExchange;
import energy.audit.analysis.report.FigureValue;
import energy.audit.analysis.report.ReportArithmetic;
import energy.audit.evidence.AttachedReadings;
import energy.audit.evidence.ExchangesInForce;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.LogEntry;
import energy.audit.evidence.wire.ProvenEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Honest reports of plants to which everything happens that can happen to a register: rollovers, resets, single wrong
 * readings, steps that no meter can make, gaps, readings beside the boundary, a calorific value and a multiplier that
 * change on the way, meters that are exchanged, rightly or not. The same seed gives the same report.
 */
final class RandomPlants {
    private static final int MODULUS = 1_000_000;
    private static final Duration STEP = Duration.ofMinutes(15);

    private RandomPlants() {}

    /** An honest plant with its report's figures. */
    static SmallPlant ofSeed(long seed) {
        Random random = new Random(seed);
        SmallPlant plant = SmallPlant.tenantOnly();
        String most = random.nextBoolean() ? "" : "4000";
        plant.enrol("hall-agent", plant.agentKey, false);
        plant.configure(MAY.minus(Duration.ofDays(1)), "0.1", "10.27", most);
        Instant changes = MAY.plus(STEP.multipliedBy(1 + random.nextInt(30)));
        if (random.nextInt(3) == 0) {
            plant.configure(changes, random.nextBoolean() ? "0.1" : "0.25", "10.613", most);
        }
        readings(plant, random);
        figures(plant, random);
        signedGaps(plant, random);
        return plant;
    }

    private static void readings(SmallPlant plant, Random random) {
        long main = random.nextInt(3) == 0 ? MODULUS - random.nextInt(3000) : random.nextInt(MODULUS);
        long gas = random.nextInt(MODULUS);
        int steps = 12 + random.nextInt(28);
        for (int step = 0; step <= steps; step++) {
            main = (main + random.nextInt(500)) % MODULUS;
            gas = (gas + random.nextInt(40)) % MODULUS;
            int happens = random.nextInt(44);
            if (happens == 0) {
                main = random.nextInt(50);
            } else if (happens == 1) {
                main = (main + 300_000) % MODULUS;
            } else if (happens == 2) {
                step += random.nextInt(14);
            }
            Instant at = MAY.plus(STEP.multipliedBy(step));
            if (happens > 40) {
                main = exchanged(plant, random, at, main);
            }
            if (random.nextInt(12) == 0) {
                at = at.plusMillis(random.nextInt(12_000) - 6_000L);
            }
            @Nullable Long read = happens == 3 ? Long.valueOf(0) : happens == 4 ? null : Long.valueOf(main);
            plant.reads(at, happens == 5 ? Long.valueOf(main + 90_000) : read, happens == 6 ? null : gas);
        }
    }

    /** Between this reading and the one before it, or at its very instant; some are corrected, withdrawn, or wrong. */
    private static long exchanged(SmallPlant plant, Random random, Instant at, long main) {
        Instant cut = at.minus(Duration.ofMinutes(random.nextInt(3) * 4L));
        long begins = random.nextInt(MODULUS);
        int happens = random.nextInt(5);
        plant.exchange(cut, happens == 0 ? random.nextInt(MODULUS) : main, happens == 1 ? begins + 700 : begins);
        if (happens == 1) {
            plant.exchange(cut, main, begins);
        } else if (happens == 2) {
            plant.withdrawExchange(cut);
            return main;
        }
        return begins + random.nextInt(50);
    }

    /** After all else, so that the same seed gives the same registers with and without it. */
    private static void signedGaps(SmallPlant plant, Random random) {
        for (int i = random.nextInt(3); i > 0; i--) {
            Instant from = MAY.plus(STEP.multipliedBy(10 * i + random.nextInt(10)));
            long entry = plant.signGap(from, from.plus(STEP), "nobody read it, " + i, false);
            if (random.nextInt(4) == 0) {
                plant.signGap(from, from.plus(STEP), "somebody did", true);
            } else {
                plant.figures().addSignedGaps(entry);
            }
        }
    }

    private static void figures(SmallPlant plant, Random random) {
        AttachedReadings readings = new AttachedReadings();
        Configurations configurations = new Configurations();
        ExchangesInForce exchanges = new ExchangesInForce();
        for (ProvenEntry proven : plant.bundle().build().getEntriesList()) {
            read(proven, readings, configurations, exchanges);
        }
        List<Figure> gas = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            Instant from = MAY.plus(STEP.multipliedBy(random.nextInt(20)));
            Instant to = from.plus(STEP.multipliedBy(1 + random.nextInt(24)));
            boolean ofGas = i % 2 == 0;
            String unit = ofGas && random.nextInt(3) == 0 ? "m3" : "kWh";
            Figure.Builder figure = plant.figure(
                    "F%04d".formatted(i), ofGas ? "gas" : "main", ofGas ? GAS : MAIN, from, to, unit, "", "");
            AttachedReadings.Read[] reads = readings.of(figure.getChannel()).toArray(AttachedReadings.Read[]::new);
            int decimals = random.nextInt(4);
            write(figure, difference(configurations, exchanges, figure.build(), reads, decimals));
            if (ofGas && unit.equals("kWh")) {
                gas.add(figure.build());
            }
        }
        if (!gas.isEmpty()) {
            sum(plant, gas.get(0), gas.subList(0, 1));
        }
    }

    private static void read(
            ProvenEntry proven, AttachedReadings readings, Configurations configurations, ExchangesInForce exchanges) {
        try {
            LogEntry entry = LogEntry.parseFrom(proven.getEntry());
            if (entry.getKind() == EntryKind.TELEMETRY_BATCH) {
                readings.add(
                        proven.getIndex(), OpenedBatch.parse(entry.getPayload().toByteArray()));
            } else if (entry.getKind() == EntryKind.METERING_CONFIGURATION) {
                configurations.add(
                        proven.getIndex(),
                        energy.audit.evidence.wire.MeteringConfiguration.parseFrom(entry.getPayload()));
            } else if (entry.getKind() == EntryKind.METER_EXCHANGE) {
                exchanges.add(
                        proven.getIndex(), energy.audit.evidence.wire.MeterExchange.parseFrom(entry.getPayload()));
            }
        } catch (IOException | MalformedEvidence e) {
            throw new IllegalStateException("the plant's own entry cannot be read", e);
        }
    }

    private static FigureValue difference(
            Configurations configurations,
            ExchangesInForce exchanges,
            Figure figure,
            AttachedReadings.Read[] reads,
            int decimals) {
        long[] atMs = new long[reads.length];
        long[] counts = new long[reads.length];
        for (int i = 0; i < reads.length; i++) {
            atMs[i] = reads[i].atMs();
            counts[i] = reads[i].count();
        }
        try {
            return ReportArithmetic.registerDifference(
                    configurations.inForce(figure).scalings(),
                    atMs,
                    counts,
                    exchanges.of(figure.getChannel()).stream()
                            .map(each -> new MeterExchange(each.at(), each.oldFinalCount(), each.newInitialCount()))
                            .toList(),
                    Instant.ofEpochMilli(figure.getFromMs()),
                    Instant.ofEpochMilli(figure.getToMs()),
                    decimals);
        } catch (FigureRefused e) {
            throw new IllegalStateException("the plant's own figure", e);
        }
    }

    private static void sum(SmallPlant plant, Figure like, List<Figure> terms) {
        List<String> names = terms.stream().map(Figure::getId).toList();
        List<FigureValue> values = terms.stream()
                .map(term -> new FigureValue(term.getValue(), term.getQuality(), term.getCoverage(), term.getNote()))
                .toList();
        Figure.Builder sum = plant.figures()
                .addFiguresBuilder()
                .setId("F0009")
                .setLabel("gas")
                .setSite("hall")
                .setEnergySource("gas")
                .setFromMs(like.getFromMs())
                .setToMs(like.getToMs())
                .setUnit(like.getUnit())
                .setFormula(ReportArithmetic.SUM)
                .addAllTerms(names);
        write(sum, ReportArithmetic.sum(names, values));
    }

    private static void write(Figure.Builder figure, FigureValue value) {
        figure.setValue(value.value())
                .setQuality(value.quality())
                .setCoverage(value.coverage())
                .setNote(value.note());
    }
}
