package energy.audit.plant;

/**
 * A coreless induction furnace that melts in batches. What it draws follows from the heat in the metal: scrap is charged and
 * heated, losses through lining and lid are made up, the melt is tapped when it is hot and somebody can take it.
 */
final class MeltFurnace {
    private static final double CAPACITY_TONNES = 3.0;
    private static final double HEEL_TONNES = 0.4;
    private static final double CHARGE_TONNES_PER_MINUTE = 0.085;
    private static final double TAP_MINUTES = 6;
    private static final double MOST_HEAT_KILOWATTS = 1240;
    private static final double HEEL_DEGC = 1360;
    private static final double LOSS_KILOWATTS_PER_KELVIN = 0.058;
    private static final double LINING_KILOWATTS_PER_KELVIN = 0.4;
    private static final double LINING_COOLING_MINUTES = 9 * 60.0;
    private static final int RELINING_WEEKS = 6;
    private static final int COLD = 0;
    private static final int MELTING = 1;
    private static final int WAITING = 2;
    private static final int TAPPING = 3;
    private static final int HOLDING_HEEL = 4;

    private final Noise noise;
    private final int reliningWeek;
    private final SiteState.Memory phase;
    private final SiteState.Memory massTonnes;
    private final SiteState.Memory heatKilowattHours;
    private final SiteState.Memory liningDegC;
    private final SiteState.Memory minutesLeft;
    private final SiteState.Memory tappedTonnes;
    private final SiteState.Memory tapAtDegC;
    private final Load load;

    MeltFurnace(SiteState state, long seed, String name, int reliningWeek) {
        this.noise = Noise.of(seed, name);
        this.reliningWeek = reliningWeek;
        this.phase = state.memory(COLD);
        this.massTonnes = state.memory(0);
        this.heatKilowattHours = state.memory(0);
        this.liningDegC = state.memory(60);
        this.minutesLeft = state.memory(0);
        this.tappedTonnes = state.memory(0);
        this.tapAtDegC = state.memory(1510);
        this.load = new Load(state);
    }

    /**
     * @param melt whether the melting shop works
     * @param heatUp whether work starts soon enough to warm the furnace
     * @param keepHot whether it is only a night between two working days
     * @param takers whether the holding furnace has room for a batch
     * @param drift 1, or how much more a worn furnace draws for the same heat
     */
    void step(Tick now, boolean melt, boolean heatUp, boolean keepHot, boolean takers, double drift) {
        long minute = now.epochMinute();
        double heatIn = 0;
        tappedTonnes.set(0);
        switch ((int) phase.get()) {
            case COLD -> {
                liningDegC.approach(30, LINING_COOLING_MINUTES);
                if (melt || heatUp) {
                    massTonnes.set(HEEL_TONNES);
                    heatKilowattHours.set(HEEL_TONNES * enthalpy(Math.min(liningDegC.get(), 1100)));
                    phase.set(MELTING);
                }
            }
            case MELTING -> {
                if (!melt && !heatUp && massTonnes.get() < 1) {
                    phase.set(HOLDING_HEEL);
                } else {
                    heatIn = melting(minute, melt, heatUp);
                }
            }
            case WAITING -> {
                minutesLeft.add(-1);
                heatIn = holding(tapAtDegC.get());
                if (minutesLeft.get() <= 0 && takers) {
                    phase.set(TAPPING);
                    minutesLeft.set(TAP_MINUTES);
                } else if (!keepHot && minutesLeft.get() < -90) {
                    empty(); // nobody takes it before the weekend: it is cast into pigs
                }
            }
            case TAPPING -> {
                double share = Math.min(1, (CAPACITY_TONNES - HEEL_TONNES) / TAP_MINUTES / massTonnes.get());
                tappedTonnes.set(massTonnes.get() * share);
                massTonnes.add(-tappedTonnes.get());
                heatKilowattHours.add(-heatKilowattHours.get() * share);
                heatIn = 60;
                minutesLeft.add(-1);
                if (minutesLeft.get() <= 0) {
                    phase.set(melt ? MELTING : HOLDING_HEEL);
                }
            }
            default -> {
                heatIn = holding(HEEL_DEGC);
                if (melt || heatUp) {
                    phase.set(MELTING);
                } else if (!keepHot) {
                    empty();
                }
            }
        }
        heatMetal(heatIn);
        boolean cold = phase.get() == COLD;
        double auxiliary = cold ? 3.0 : 14.0;
        double electric = (heatIn / efficiency(now) + auxiliary) * drift;
        load.draw(electric, 0.18 * electric + (cold ? 1 : 6));
    }

    private void empty() {
        massTonnes.set(0);
        heatKilowattHours.set(0);
        phase.set(COLD);
    }

    private double melting(long minute, boolean melt, boolean heatUp) {
        double room = CAPACITY_TONNES - massTonnes.get();
        if (melt && room > 0 && meltDegC() > 1240) {
            massTonnes.add(Math.min(room, CHARGE_TONNES_PER_MINUTE)); // cold scrap brings no heat
        }
        if (!melt && heatUp) {
            return Math.min(0.35 * MOST_HEAT_KILOWATTS, holding(HEEL_DEGC));
        }
        boolean charged = room <= 0 || !melt; // towards the end of work a smaller batch is finished
        if (charged && meltDegC() >= tapAtDegC.get()) {
            double patience = noise.uniform(minute);
            minutesLeft.set(2 + Math.floor(14 * patience * patience));
            tapAtDegC.set(1500 + 22 * noise.uniform(~minute));
            phase.set(WAITING);
            return holding(meltDegC());
        }
        // less of the coil couples while there is little metal in it
        double coupling = Math.min(1, 0.45 + 0.55 * massTonnes.get() / (0.7 * CAPACITY_TONNES));
        return MOST_HEAT_KILOWATTS * coupling * (0.97 + 0.012 * noise.bell(minute));
    }

    private double holding(double targetDegC) {
        double wanted = lossKilowatts() + 2.5 * massTonnes.get() * (targetDegC - meltDegC());
        return Math.min(450, Math.max(0, wanted));
    }

    private void heatMetal(double kilowatts) {
        if (massTonnes.get() <= 0) {
            return;
        }
        heatKilowattHours.add((kilowatts - lossKilowatts()) / 60);
        heatKilowattHours.set(Math.max(heatKilowattHours.get(), 0));
        liningDegC.approach(meltDegC(), 40);
    }

    private double lossKilowatts() {
        double intoLining = LINING_KILOWATTS_PER_KELVIN * (meltDegC() - liningDegC.get());
        return LOSS_KILOWATTS_PER_KELVIN * Math.max(0, meltDegC() - 35) + intoLining;
    }

    /** A lining wears in six weeks; a worn one couples better but loses more, on balance it costs some points. */
    private double efficiency(Tick now) {
        long age = Math.floorMod(now.week() - reliningWeek, RELINING_WEEKS);
        return 0.772 - 0.005 * age;
    }

    /** Of the metal, or of the lining when the furnace is empty. */
    double meltDegC() {
        return massTonnes.get() > 0 ? temperature(heatKilowattHours.get() / massTonnes.get()) : liningDegC.get();
    }

    /** In this minute, t. */
    double tappedTonnes() {
        return tappedTonnes.get();
    }

    /** What the cooling water carries away: nearly all that does not get into the metal. */
    double coolingKilowatts() {
        return 0.24 * load.kilowatts();
    }

    Load load() {
        return load;
    }

    /** Heat content of cast iron above 20 degC, kWh/t: solid, melting, liquid. */
    static double enthalpy(double degC) {
        if (degC < 1150) {
            return Math.max(0, (degC - 20) * (225.0 / 1130));
        }
        return degC < 1200 ? 225 + (degC - 1150) * (70.0 / 50) : 295 + (degC - 1200) * 0.24;
    }

    /** The inverse of {@link #enthalpy}. */
    static double temperature(double kilowattHoursPerTonne) {
        if (kilowattHoursPerTonne < 225) {
            return 20 + kilowattHoursPerTonne * (1130 / 225.0);
        }
        return kilowattHoursPerTonne < 295
                ? 1150 + (kilowattHoursPerTonne - 225) * (50 / 70.0)
                : 1200 + (kilowattHoursPerTonne - 295) / 0.24;
    }
}
