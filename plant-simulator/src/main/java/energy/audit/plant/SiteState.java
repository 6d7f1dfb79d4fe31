package energy.audit.plant;

import java.util.Arrays;

/**
 * All that a site remembers from one minute to the next, in two arrays, so that it can be kept and put back.
 * Components hold {@link Memory} and {@link Flow} handles into it and have no other changing fields.
 */
final class SiteState {
    /** Flows are whole milli-units per hour (W, var, l/h, kg/h), totals are flow x milliseconds: sums are exact. */
    static final long MILLISECONDS_PER_HOUR = 3_600_000L;

    private static final long MILLISECONDS_PER_MINUTE = 60_000L;
    private double[] memories = new double[0];
    private long[] flows = new long[0];
    private long[] totals = new long[0];

    /** A remembered number, such as the temperature of a melt. */
    final class Memory {
        private final int index;

        private Memory(int index) {
            this.index = index;
        }

        double get() {
            return memories[index];
        }

        void set(double value) {
            memories[index] = value;
        }

        void add(double difference) {
            memories[index] += difference;
        }

        /** Moves towards a target with the given time constant, by one minute. */
        double approach(double target, double timeConstantMinutes) {
            memories[index] += (target - memories[index]) / (timeConstantMinutes + 1.0);
            return memories[index];
        }
    }

    /** What passes a measuring point, constant during a minute, and its sum since the anchor. */
    final class Flow {
        private final int index;

        private Flow(int index) {
            this.index = index;
        }

        /** @param unitsPerHour kW, kvar, m3/h, t/h, pieces/h; negative and not-a-number are refused */
        void set(double unitsPerHour) {
            if (!(unitsPerHour >= 0)) {
                throw new IllegalStateException(
                        "Flow " + index + " became " + unitsPerHour + " units/h; the model is wrong");
            }
            flows[index] = Math.round(unitsPerHour * 1000.0);
        }

        void setMilliUnitsPerHour(long milliUnitsPerHour) {
            flows[index] = milliUnitsPerHour;
        }

        long milliUnitsPerHour() {
            return flows[index];
        }

        double unitsPerHour() {
            return flows[index] / 1000.0;
        }

        /** Sum since the anchor in milli-units per hour x milliseconds, at that many milliseconds into the minute. */
        long total(long millisecondsIntoMinute) {
            return totals[index] + flows[index] * millisecondsIntoMinute;
        }
    }

    record Kept(double[] memories, long[] flows, long[] totals) {}

    Memory memory(double initial) {
        memories = Arrays.copyOf(memories, memories.length + 1);
        memories[memories.length - 1] = initial;
        return new Memory(memories.length - 1);
    }

    Flow flow() {
        flows = Arrays.copyOf(flows, flows.length + 1);
        totals = Arrays.copyOf(totals, totals.length + 1);
        return new Flow(flows.length - 1);
    }

    /** Ends the current minute: what flowed is added to the totals. */
    void endMinute() {
        for (int i = 0; i < flows.length; i++) {
            totals[i] += flows[i] * MILLISECONDS_PER_MINUTE;
        }
    }

    Kept keep() {
        return new Kept(memories.clone(), flows.clone(), totals.clone());
    }

    void putBack(Kept kept) {
        memories = kept.memories().clone();
        flows = kept.flows().clone();
        totals = kept.totals().clone();
    }
}
