package energy.audit.plant;

/** Moulding, pouring and finishing: a line with breaks and small stops, and what follows from its moulds. */
final class MouldingLine {
    private static final double MOULDS_PER_HOUR = 108;
    static final double IRON_TONNES_PER_MOULD = 0.036;
    /** Castings per poured iron; the rest is gates and risers and is melted again. */
    private static final double YIELD = 0.66;

    private static final double BLASTING_TONNES_PER_HOUR = 3.4;
    private static final double STOP_PER_MINUTE = 0.013;
    private static final double RESTART_PER_MINUTE = 0.13;

    private final Noise stops;
    private final Noise speed;
    private final SiteState.Memory broken;
    private final SiteState.Memory pace;
    private final SiteState.Memory sandLoad;
    private final SiteState.Memory coolingTonnes;
    private final SiteState.Memory toBlastTonnes;
    private final SiteState.Memory blasting;
    private final SiteState.Memory wantsTonnes;
    private final SiteState.Flow mouldsPerHour;
    private final SiteState.Flow castingsTonnesPerHour;
    private final Load line;
    private final Load sand;
    private final Load shotBlast;

    MouldingLine(SiteState state, long seed) {
        this.stops = Noise.of(seed, "moulding/stops");
        this.speed = Noise.of(seed, "moulding/speed");
        this.broken = state.memory(0);
        this.pace = state.memory(0);
        this.sandLoad = state.memory(0);
        this.coolingTonnes = state.memory(0);
        this.toBlastTonnes = state.memory(0);
        this.blasting = state.memory(0);
        this.wantsTonnes = state.memory(0);
        this.mouldsPerHour = state.flow();
        this.castingsTonnesPerHour = state.flow();
        this.line = new Load(state);
        this.sand = new Load(state);
        this.shotBlast = new Load(state);
    }

    /** First half of a minute: what the line wants to pour. */
    void plan(Tick now, boolean working, double orders) {
        double roll = stops.uniform(now.epochMinute());
        if (broken.get() > 0) {
            broken.set(roll < RESTART_PER_MINUTE ? 0 : 1);
        } else {
            broken.set(roll < STOP_PER_MINUTE ? 1 : 0);
        }
        boolean onBreak =
                now.between(9, 9.25) || now.between(12, 12.5) || now.between(17, 17.5) || now.between(20, 20.25);
        boolean runs = working && !onBreak && broken.get() == 0;
        double rate = runs ? MOULDS_PER_HOUR * orders * (1 + 0.03 * speed.bell(now.epochMinute())) : 0;
        pace.set(rate);
        wantsTonnes.set(rate / 60 * IRON_TONNES_PER_MOULD);
    }

    /** Second half: what happens with the iron that there was. */
    void step(Tick now, boolean working, double pouredTonnes) {
        double moulds = pouredTonnes * 60 / IRON_TONNES_PER_MOULD;
        mouldsPerHour.set(moulds);
        double running = moulds / MOULDS_PER_HOUR;
        boolean on = working || pace.get() > 0;
        line.drawAsMotors(on ? 48 + 175 * running + 3 * Math.abs(speed.bell(~now.epochMinute())) : 4, 240, 0.84);
        sandLoad.approach(running, 9);
        sand.drawAsMotors(on || sandLoad.get() > 0.05 ? 52 + 265 * sandLoad.get() : 3, 340, 0.83);

        double castings = pouredTonnes * YIELD;
        double shaken = coolingTonnes.get() / 150; // castings cool for some two and a half hours
        coolingTonnes.add(castings - shaken);
        toBlastTonnes.add(shaken);
        // blasting works off a heap, so it starts and stops with a band between
        if (!working || toBlastTonnes.get() < 0.2) {
            blasting.set(0);
        } else if (toBlastTonnes.get() > 1.6) {
            blasting.set(1);
        }
        double blasted = blasting.get() > 0 ? Math.min(toBlastTonnes.get(), BLASTING_TONNES_PER_HOUR / 60) : 0;
        toBlastTonnes.add(-blasted);
        castingsTonnesPerHour.set(blasted * 60 * 0.945); // the others are rejects
        shotBlast.drawAsMotors(
                blasting.get() > 0 ? 86 + 4 * Math.abs(stops.bell(now.epochMinute())) : working ? 7 : 1.2, 110, 0.82);
    }

    double wantsTonnes() {
        return wantsTonnes.get();
    }

    /** 0 standing … 1 full pace. */
    double running() {
        return mouldsPerHour.unitsPerHour() / MOULDS_PER_HOUR;
    }

    boolean blasting() {
        return blasting.get() > 0;
    }

    SiteState.Flow mouldsPerHour() {
        return mouldsPerHour;
    }

    SiteState.Flow castingsTonnesPerHour() {
        return castingsTonnesPerHour;
    }

    Load line() {
        return line;
    }

    Load sand() {
        return sand;
    }

    Load shotBlast() {
        return shotBlast;
    }
}
