package energy.audit.plant;

/** A tunnel oven heated with gas: steel and stone that must be warm before the first loaf, losses, and water that leaves the dough. */
final class GasOven {
    private static final double BAKING_DEGC = 236;
    private static final double KILOWATT_HOURS_PER_KELVIN = 1.5;
    private static final double LOSS_KILOWATTS_PER_KELVIN = 0.17;
    private static final double MOST_KILOWATTS = 560;
    private static final double EFFICIENCY = 0.83;
    /** To warm a tonne of dough and evaporate a tenth of it, kWh. */
    private static final double DOUGH_KILOWATT_HOURS_PER_TONNE = 145;

    private final double calorificKilowattHours;
    private final SiteState.Memory degC;
    private final SiteState.Flow gas;

    GasOven(SiteState state, double calorificKilowattHours) {
        this.calorificKilowattHours = calorificKilowattHours;
        this.degC = state.memory(60);
        this.gas = state.flow();
    }

    void step(boolean hot, double doughTonnesPerHour, double hallDegC) {
        double losses = LOSS_KILOWATTS_PER_KELVIN * (degC.get() - hallDegC);
        double baking = DOUGH_KILOWATT_HOURS_PER_TONNE * doughTonnesPerHour * Math.min(1, degC.get() / BAKING_DEGC);
        double wanted = hot ? losses + baking + 18 * (BAKING_DEGC - degC.get()) : 0;
        double heat = Math.min(MOST_KILOWATTS, Math.max(0, wanted));
        degC.add((heat - losses - baking) / KILOWATT_HOURS_PER_KELVIN / 60);
        gas.set((heat / EFFICIENCY + (hot ? 4 : 0)) / calorificKilowattHours);
    }

    double degC() {
        return degC.get();
    }

    double lossKilowatts(double hallDegC) {
        return LOSS_KILOWATTS_PER_KELVIN * (degC.get() - hallDegC);
    }

    SiteState.Flow gas() {
        return gas;
    }
}
