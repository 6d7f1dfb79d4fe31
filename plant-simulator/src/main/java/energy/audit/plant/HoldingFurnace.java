package energy.audit.plant;

/** A channel furnace that keeps molten iron between melting and pouring. It is never switched off, only kept cooler. */
final class HoldingFurnace {
    static final double CAPACITY_TONNES = 12;
    private static final double LEAST_TONNES = 4;
    private static final double WORKING_DEGC = 1440;
    private static final double WEEKEND_DEGC = 1330;
    private static final double MOST_HEAT_KILOWATTS = 330;
    private static final double EFFICIENCY = 0.86;
    private static final double LOSS_KILOWATTS_PER_KELVIN = 0.092;

    private final SiteState.Memory massTonnes;
    private final SiteState.Memory heatKilowattHours;
    private final Load load;

    HoldingFurnace(SiteState state) {
        this.massTonnes = state.memory(6);
        this.heatKilowattHours = state.memory(6 * MeltFurnace.enthalpy(1350));
        this.load = new Load(state);
    }

    /**
     * @param receivedTonnes from the melting furnaces in this minute, at 1,490 degC
     * @param wantedTonnes what the moulding line would pour in this minute
     * @return what it could pour, t
     */
    double step(double receivedTonnes, double wantedTonnes, boolean working) {
        massTonnes.add(receivedTonnes);
        heatKilowattHours.add(receivedTonnes * MeltFurnace.enthalpy(1490));
        double poured = Math.min(wantedTonnes, Math.max(0, massTonnes.get() - LEAST_TONNES));
        heatKilowattHours.add(-heatKilowattHours.get() * poured / massTonnes.get());
        massTonnes.add(-poured);
        double target = working ? WORKING_DEGC : WEEKEND_DEGC;
        double loss = LOSS_KILOWATTS_PER_KELVIN * (degC() - 35);
        double heatIn = Math.min(MOST_HEAT_KILOWATTS, Math.max(20, loss + 8 * (target - degC())));
        heatKilowattHours.add((heatIn - loss) / 60);
        load.draw(heatIn / EFFICIENCY + 4, 0.32 * heatIn + 8);
        return poured;
    }

    boolean hasRoomForABatch() {
        return massTonnes.get() < CAPACITY_TONNES - 2.8;
    }

    double degC() {
        return MeltFurnace.temperature(heatKilowattHours.get() / massTonnes.get());
    }

    double coolingKilowatts() {
        return 0.10 * load.kilowatts();
    }

    Load load() {
        return load;
    }
}
