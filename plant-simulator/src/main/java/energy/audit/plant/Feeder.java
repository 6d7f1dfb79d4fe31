package energy.audit.plant;

/** Voltages, currents and their quality at a measuring point, as they follow from its load. */
final class Feeder {
    private static final double[] IMBALANCE = {1.012, 0.994, 0.994};
    private final Load load;
    private final double ratedKilowatts;
    private final double nominalPhaseVolts;
    private final Noise noise;

    Feeder(Load load, double ratedKilowatts, double nominalPhaseVolts, Noise noise) {
        this.load = load;
        this.ratedKilowatts = ratedKilowatts;
        this.nominalPhaseVolts = nominalPhaseVolts;
        this.noise = noise;
    }

    double kilowatts() {
        return load.kilowatts();
    }

    /** Grid voltage wanders over tens of minutes, and the load pulls it down. */
    double volts(int phase, long epochSecond) {
        long slot = Math.floorDiv(epochSecond, 1200L);
        double into = Math.floorMod(epochSecond, 1200L) / 1200.0;
        double wander = noise.bell(slot) * (1 - into) + noise.bell(slot + 1) * into;
        double ripple = noise.bell(epochSecond * 3 + phase);
        return nominalPhaseVolts
                * (1.008 + 0.006 * wander + 0.0007 * ripple - 0.013 * utilisation() - 0.0015 * (phase - 1));
    }

    double amperes(int phase, long epochSecond) {
        double voltAmperes = 1000 * Math.hypot(load.kilowatts(), load.reactive().unitsPerHour()) / 3;
        double flicker = 1 + 0.004 * noise.bell(-1 - epochSecond * 3 - phase);
        return voltAmperes * IMBALANCE[phase] * flicker / volts(phase, epochSecond);
    }

    /** Of the whole three-phase load; 1 when nothing is drawn. */
    double powerFactor() {
        double apparent = Math.hypot(load.kilowatts(), load.reactive().unitsPerHour());
        return apparent == 0 ? 1 : load.kilowatts() / apparent;
    }

    double voltageDistortionPercent(long epochSecond) {
        return 1.5 + 2.4 * utilisation() + 0.12 * noise.bell(Math.floorDiv(epochSecond, 10L) ^ 0x5DEECE66DL);
    }

    private double utilisation() {
        return Math.min(1.2, load.kilowatts() / ratedKilowatts);
    }
}
