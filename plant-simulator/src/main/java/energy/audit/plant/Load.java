package energy.audit.plant;

import java.util.List;

/** An electrical load or a sum of loads: active and reactive power, whole watts and vars, so that sums are exact. */
final class Load {
    private final SiteState.Flow active;
    private final SiteState.Flow reactive;

    Load(SiteState state) {
        this.active = state.flow();
        this.reactive = state.flow();
    }

    /**
     * @param kilowatts active power, 0 or more
     * @param kilovars inductive reactive power, 0 or more
     */
    void draw(double kilowatts, double kilovars) {
        active.set(kilowatts);
        reactive.set(kilovars);
    }

    /** Draws that power at a power factor that falls from its rated value when the load is light, as motors do. */
    void drawAsMotors(double kilowatts, double ratedKilowatts, double ratedPowerFactor) {
        double magnetising = kilowatts > 0.12 * ratedKilowatts ? 0.3 * ratedKilowatts : 0.1 * kilowatts;
        double tangent = Math.sqrt(1 / (ratedPowerFactor * ratedPowerFactor) - 1);
        draw(kilowatts, magnetising * tangent + 0.7 * kilowatts * tangent);
    }

    SiteState.Flow active() {
        return active;
    }

    SiteState.Flow reactive() {
        return reactive;
    }

    double kilowatts() {
        return active.unitsPerHour();
    }

    /** What a main meter measures: the loads below it and the losses on the way. */
    record Balance(Load main, List<Load> below, Infeed infeed) {
        void close() {
            infeed.supply(main, below);
        }
    }

    /**
     * The transformer and cables between a main meter and the loads below it, and the capacitors beside it.
     *
     * @param ratedKilovoltAmperes of the transformer
     * @param noLoadKilowatts iron losses
     * @param loadKilowatts copper and cable losses at rated load
     * @param capacitorKilovars what the automatic compensation can take off the reactive power
     */
    record Infeed(double ratedKilovoltAmperes, double noLoadKilowatts, double loadKilowatts, double capacitorKilovars) {

        /** Losses at that load, whole watts. */
        long lossWatts(long activeWatts, long reactiveVars) {
            double kilovoltAmperes = Math.hypot(activeWatts, reactiveVars) / 1000.0;
            double utilisation = kilovoltAmperes / ratedKilovoltAmperes;
            return Math.round(1000 * (noLoadKilowatts + loadKilowatts * utilisation * utilisation));
        }

        /** Sets the main meter to the sum of what is below it, plus losses. */
        void supply(Load main, List<Load> below) {
            long watts = 0;
            long vars = 0;
            for (Load load : below) {
                watts += load.active.milliUnitsPerHour();
                vars += load.reactive.milliUnitsPerHour();
            }
            long transformerVars = Math.round(1000 * (0.008 * ratedKilovoltAmperes)
                    + 0.06 * Math.pow(Math.hypot(watts, vars), 2) / (1000 * ratedKilovoltAmperes));
            // capacitors switch in steps and leave some reactive power, so as never to feed it back
            double kilovars = (vars + transformerVars) / 1000.0;
            double wanted = Math.max(0, kilovars - 0.25 * watts / 1000.0);
            double step = capacitorKilovars / 12;
            double switched = step * Math.min(12, Math.floor(wanted / step));
            main.active.setMilliUnitsPerHour(watts + lossWatts(watts, vars));
            main.reactive.setMilliUnitsPerHour(vars + transformerVars - Math.round(1000 * switched));
        }
    }
}
