package energy.audit.report;

import energy.audit.evidence.wire.MeterExchange;
import java.time.Instant;
import java.util.OptionalLong;

/** Why a figure differs from what an earlier prefix of the log gave. */
sealed interface Cause {
    /** As it is called in CSV. */
    String kind();

    /** The entry that brought it; empty for a sum. */
    OptionalLong entry();

    /** Readings that came later. */
    record Readings(long logIndex, Instant admittedAt) implements Cause {
        @Override
        public String kind() {
            return "late-readings";
        }

        @Override
        public OptionalLong entry() {
            return OptionalLong.of(logIndex);
        }
    }

    /** What of a register a later configuration describes otherwise. */
    enum Described {
        /** Units for one count: a recalibration, another transformer. */
        SCALE("recalibration"),
        /** kWh for one unit: a calorific value. */
        FACTOR("factor"),
        /** Where it starts again, or how fast it can count. */
        REGISTER("register");

        private final String kind;

        Described(String kind) {
            this.kind = kind;
        }
    }

    /**
     * A configuration that came later.
     *
     * @param from first instant of the figure's period at which it differs
     * @param before decimal text; empty: nothing was said
     * @param now decimal text
     * @param unit of the channel
     */
    record Configuration(
            long logIndex,
            Instant admittedAt,
            Described described,
            Instant from,
            String before,
            String now,
            String unit)
            implements Cause {
        @Override
        public String kind() {
            return described.kind;
        }

        @Override
        public OptionalLong entry() {
            return OptionalLong.of(logIndex);
        }
    }

    /** A meter exchange that was entered, corrected or withdrawn later; its counts are of the figure's register. */
    record Exchange(long logIndex, Instant admittedAt, MeterExchange exchange, long oldFinal, long newInitial)
            implements Cause {
        @Override
        public String kind() {
            return "exchange";
        }

        @Override
        public OptionalLong entry() {
            return OptionalLong.of(logIndex);
        }
    }

    /** A sum whose terms differ. */
    record Terms() implements Cause {
        @Override
        public String kind() {
            return "sum";
        }

        @Override
        public OptionalLong entry() {
            return OptionalLong.empty();
        }
    }
}
