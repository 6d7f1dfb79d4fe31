package energy.audit.plant;

/** Two screw compressors on one net: a fixed-speed machine for the base and a speed-controlled one that trims. The net leaks day and night. */
final class CompressedAir {
    private static final double FIXED_CUBIC_METRES_PER_MINUTE = 19;
    private static final double TRIM_MOST_CUBIC_METRES_PER_MINUTE = 23;
    private static final double TRIM_LEAST_CUBIC_METRES_PER_MINUTE = 5;
    private static final double LEAK_CUBIC_METRES_PER_MINUTE = 7.5;
    private static final double FAULT_LEAK_CUBIC_METRES_PER_MINUTE = 6;
    /** Leaks grow; they are looked for and closed in the summer shutdown, which ends the year of growth. */
    private static final double LEAK_GROWTH_PER_DAY = 0.0011;

    private static final double RUN_ON_MINUTES = 12;
    private final Noise noise;
    private final SiteState.Memory leakGrowth;
    private final SiteState.Memory runOn;
    private final Load fixed;
    private final Load trim;

    CompressedAir(SiteState state, long seed) {
        this.noise = Noise.of(seed, "compressed-air");
        this.leakGrowth = state.memory(1.1);
        this.runOn = state.memory(0);
        this.fixed = new Load(state);
        this.trim = new Load(state);
    }

    /** @param usedCubicMetresPerMinute what tools and valves take, free air */
    void step(Tick now, double usedCubicMetresPerMinute, boolean leakFault) {
        boolean repair = now.today() == DayKind.SHUTDOWN && now.date().getMonthValue() == 8 && now.between(9, 11);
        leakGrowth.add(LEAK_GROWTH_PER_DAY / 1440);
        if (repair) {
            leakGrowth.approach(1.0, 600);
        }
        double leak =
                LEAK_CUBIC_METRES_PER_MINUTE * leakGrowth.get() + (leakFault ? FAULT_LEAK_CUBIC_METRES_PER_MINUTE : 0);
        double demand = leak + usedCubicMetresPerMinute * (1 + 0.05 * noise.bell(now.epochMinute()));
        if (demand > TRIM_MOST_CUBIC_METRES_PER_MINUTE - 1) {
            runOn.set(RUN_ON_MINUTES);
        } else if (runOn.get() > 0) {
            runOn.add(-1);
        }
        double byFixed = 0;
        if (runOn.get() > 0) {
            byFixed = Math.min(FIXED_CUBIC_METRES_PER_MINUTE, Math.max(0, demand - TRIM_LEAST_CUBIC_METRES_PER_MINUTE));
        }
        double share = byFixed / FIXED_CUBIC_METRES_PER_MINUTE;
        double loaded = 113 * share + 37 * (1 - share); // unloaded it still turns
        fixed.drawAsMotors(runOn.get() > 0 ? loaded : 0.4, 115, 0.87);
        double byTrim = Math.min(TRIM_MOST_CUBIC_METRES_PER_MINUTE, Math.max(0, demand - byFixed));
        double trimKilowatts = 9 + 5.5 * Math.max(byTrim, TRIM_LEAST_CUBIC_METRES_PER_MINUTE);
        trim.draw(trimKilowatts, 0.2 * trimKilowatts + 2);
    }

    Load fixed() {
        return fixed;
    }

    Load trim() {
        return trim;
    }
}
