package energy.audit.plant;

/**
 * Outdoor air and daylight of a region: the season, the hour, and spells of weather that last for days.
 * Two sites of one region that start together have the same weather.
 */
final class Weather {
    /** Where a region lies and how its air behaves; temperatures in degC. */
    record Climate(
            String region,
            double latitudeDegrees,
            double longitudeDegrees,
            double meanDegC,
            double seasonDegC,
            double dayDegC,
            double spellDegC) {
        static final Climate NORTH_GERMANY = new Climate("north-germany", 52.4, 13.1, 10.1, 9.6, 3.9, 3.7);
        static final Climate PORTUGUESE_COAST = new Climate("portuguese-coast", 38.7, -9.2, 17.2, 5.9, 3.4, 2.1);
    }

    private static final double TWO_PI = 2 * Math.PI;
    private static final double DAYS_PER_YEAR = 365.2425;
    /** The coldest day, counted from 1 January. */
    private static final double COLDEST_DAY = 21;

    private static final double SPELL_MINUTES = 3.1 * 1440;
    private static final double CLOUD_MINUTES = 9 * 60.0;
    private final Climate climate;
    private final Noise spellNoise;
    private final Noise cloudNoise;
    private final SiteState.Memory spell;
    private final SiteState.Memory cloud;
    private final SiteState.Memory airDegC;
    private final SiteState.Memory daylight;

    Weather(Climate climate, long seed, SiteState state) {
        this.climate = climate;
        this.spellNoise = Noise.of(seed, climate.region() + "/spell");
        this.cloudNoise = Noise.of(seed, climate.region() + "/cloud");
        this.spell = state.memory(0);
        this.cloud = state.memory(0);
        this.airDegC = state.memory(climate.meanDegC());
        this.daylight = state.memory(0);
    }

    void step(Tick now) {
        long minute = now.epochMinute();
        spell.set(persistent(spell.get(), SPELL_MINUTES, spellNoise.bell(minute)));
        cloud.set(persistent(cloud.get(), CLOUD_MINUTES, cloudNoise.bell(minute)));
        double cloudiness = Math.min(1, Math.max(0, 0.55 + 0.3 * cloud.get()));
        double solarDay = minute / 1440.0 + climate.longitudeDegrees() / 360.0;
        double dayOfYear = (solarDay % DAYS_PER_YEAR);
        double summer = -StrictMath.cos(TWO_PI * (dayOfYear - COLDEST_DAY) / DAYS_PER_YEAR);
        double clockAngle = TWO_PI * (solarDay - Math.floor(solarDay));
        double swing = climate.dayDegC() * (1 + 0.45 * summer) * (1.25 - 0.75 * cloudiness);
        airDegC.set(climate.meanDegC()
                + climate.seasonDegC() * summer
                + climate.spellDegC() * spell.get()
                + swing * StrictMath.cos(clockAngle - TWO_PI * 15.0 / 24.0));
        daylight.set(daylight(dayOfYear, clockAngle) * (1 - 0.6 * cloudiness));
    }

    /** Outdoor air, degC. */
    double airDegC() {
        return airDegC.get();
    }

    /** 0 at night … 1 under a clear sky at noon in summer. */
    double daylight() {
        return daylight.get();
    }

    /** One minute of a process that forgets with the given time constant and has standard deviation 1. */
    static double persistent(double value, double timeConstantMinutes, double bell) {
        double kept = 1 - 1 / timeConstantMinutes;
        return kept * value + Math.sqrt(1 - kept * kept) * bell;
    }

    private double daylight(double dayOfYear, double clockAngle) {
        double declination = Math.toRadians(-23.44) * StrictMath.cos(TWO_PI * (dayOfYear + 10) / DAYS_PER_YEAR);
        double latitude = Math.toRadians(climate.latitudeDegrees());
        double sine = StrictMath.sin(latitude) * StrictMath.sin(declination)
                - StrictMath.cos(latitude) * StrictMath.cos(declination) * StrictMath.cos(clockAngle);
        return Math.min(1, Math.max(0, sine / 0.85));
    }
}
