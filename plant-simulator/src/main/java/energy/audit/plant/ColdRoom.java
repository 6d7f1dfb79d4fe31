package energy.audit.plant;

/** A refrigerated room: heat comes in through walls, doors, goods and its own fans; its evaporator takes it out and frosts up. */
final class ColdRoom {
    /**
     * @param setDegC what the goods need
     * @param wallKilowattsPerKelvin of walls, floor and roof
     * @param kilowattHoursPerKelvin heat capacity of air, racks and the outer layer of the goods
     * @param evaporatorKilowatts of heat at full cooling
     * @param fanKilowatts electric
     * @param defrostKilowatts electric heater, 0: defrosts with the fans alone
     * @param firstDefrostMinute of the day, then every eight hours
     */
    record Build(
            double setDegC,
            double wallKilowattsPerKelvin,
            double kilowattHoursPerKelvin,
            double evaporatorKilowatts,
            double fanKilowatts,
            double defrostKilowatts,
            int firstDefrostMinute) {}

    private static final int DEFROST_EVERY_MINUTES = 480;
    private final Build build;
    private final SiteState.Memory airDegC;
    private final SiteState.Memory valve;
    private final SiteState.Memory frost;
    private final SiteState.Memory defrostMinutesLeft;
    private final SiteState.Memory fanKilowatts;
    private final SiteState.Memory heaterKilowatts;

    ColdRoom(Build build, SiteState state) {
        this.build = build;
        this.airDegC = state.memory(build.setDegC());
        this.valve = state.memory(0.4);
        this.frost = state.memory(0);
        this.defrostMinutesLeft = state.memory(0);
        this.fanKilowatts = state.memory(0);
        this.heaterKilowatts = state.memory(0);
    }

    /**
     * @param outsideDegC behind the walls
     * @param dockDegC what comes in through an open door
     * @param openings of doors per hour
     * @param goodsKilowatts heat that new goods bring
     * @param indoorKilowatts people, lamps, trucks
     */
    void step(
            Tick now,
            double outsideDegC,
            double dockDegC,
            double openings,
            double goodsKilowatts,
            double indoorKilowatts) {
        frost.add((0.25 + 0.02 * openings * Math.max(0.2, dockDegC / 12)) / 60);
        if (Math.floorMod(now.minuteOfDay() - build.firstDefrostMinute(), DEFROST_EVERY_MINUTES) == 0) {
            defrostMinutesLeft.set(Math.min(38, Math.round(9 + 5 * frost.get())));
            frost.set(0);
        }
        boolean defrosting = defrostMinutesLeft.get() > 0;
        if (defrosting) {
            defrostMinutesLeft.add(-1);
        }
        double wanted = Math.min(1, Math.max(0, 0.5 + 0.6 * (airDegC.get() - build.setDegC())));
        valve.approach(defrosting ? 0 : wanted, defrosting ? 1 : 6);
        fanKilowatts.set(defrosting ? 0 : build.fanKilowatts() * (0.35 + 0.65 * valve.get()));
        heaterKilowatts.set(defrosting ? build.defrostKilowatts() : 0);
        double walls = build.wallKilowattsPerKelvin() * (outsideDegC - airDegC.get());
        double doors = openings * 0.055 * Math.max(0, dockDegC - airDegC.get());
        double heat =
                walls + doors + goodsKilowatts + indoorKilowatts + fanKilowatts.get() + 0.45 * heaterKilowatts.get();
        airDegC.add((heat - coolingKilowatts()) / build.kilowattHoursPerKelvin() / 60);
    }

    /** Heat that the evaporator takes out. */
    double coolingKilowatts() {
        return valve.get() * build.evaporatorKilowatts() * (1 - 0.02 * Math.min(8, frost.get()));
    }

    double airDegC() {
        return airDegC.get();
    }

    double fanKilowatts() {
        return fanKilowatts.get();
    }

    double heaterKilowatts() {
        return heaterKilowatts.get();
    }
}
