package energy.audit.plant;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** Industrial bakery: dough is mixed from the evening on, baked at night, packed in the morning; cold rooms never rest. */
final class Bakery implements SiteModel {
    private static final Identity IDENTITY =
            new Identity("harbor-foods", "harbor-bakery", "Harbor Bakery", ZoneId.of("Europe/Lisbon"), 3_100);
    private static final String CALORIFIC = "11.164";
    private static final double CALORIFIC_KWH = Double.parseDouble(CALORIFIC);
    private static final Load.Infeed INFEED = new Load.Infeed(630, 1.2, 6.8, 180);
    private static final double DOUGH_TONNES_PER_HOUR_AND_LINE = 1.35;
    private static final double FLOUR_PER_DOUGH = 0.605;
    private static final double TONNES_PER_LOAF = 0.00058;
    private static final double EVENING_START = 22.0;
    private static final double MORNING_END = 9.5;

    private final SiteState state = new SiteState();
    private final Tick now = new Tick(IDENTITY.zone(), WorkCalendar.portugueseBakery());
    private final Weather weather;
    private final Noise chance;
    private final Noise sales;
    private final GasOven oven1 = new GasOven(state, CALORIFIC_KWH);
    private final GasOven oven2 = new GasOven(state, CALORIFIC_KWH);
    private final SiteState.Memory stopped1 = state.memory(0);
    private final SiteState.Memory stopped2 = state.memory(0);
    private final SiteState.Memory proving = state.memory(0);
    private final SiteState.Memory proving2 = state.memory(0);
    private final SiteState.Memory packing = state.memory(0);
    private final SiteState.Memory hallDegC = state.memory(22);
    private final SiteState.Memory coldRoomDegC = state.memory(3);
    private final SiteState.Memory chilling = state.memory(0);
    private final SiteState.Flow loaves = state.flow();
    private final SiteState.Flow flour = state.flow();
    private final SiteState.Flow gas = state.flow();
    private final SiteState.Flow boilerGas = state.flow();
    private final SiteState.Flow water = state.flow();
    private final Load main = new Load(state);
    private final Load mixers = new Load(state);
    private final Load ovenDrives = new Load(state);
    private final Load refrigeration = new Load(state);
    private final Load packaging = new Load(state);
    private final Load compressedAir = new Load(state);
    private final Load lighting = new Load(state);
    private final Load general = new Load(state);
    private final List<Load> below =
            List.of(mixers, ovenDrives, refrigeration, packaging, compressedAir, lighting, general);
    private final List<Meter> meters;

    Bakery(long seed) {
        weather = new Weather(Weather.Climate.PORTUGUESE_COAST, seed, state);
        chance = Noise.of(seed, "harbor-bakery/chance");
        sales = Noise.of(seed, "harbor-bakery/sales");
        meters = catalogue(seed);
    }

    @Override
    public void step(long epochMinute, Disturbances disturbances) {
        now.moveTo(epochMinute);
        weather.step(now);
        double demand = demand();
        boolean mixing = bakes(0.5, 1.4);
        boolean hot = bakes(0, 0) || (demand > 0 && bakes(1.1, 0));
        double mixed = mix(epochMinute, mixing, demand);
        double baked1 = bakes(0, 0) ? proving.approach(mixed * 0.52, 50) : proving.approach(0, 20);
        double baked2 = bakes(0, 0) && demand > 0.9 ? proving2.approach(mixed * 0.48, 50) : proving2.approach(0, 20);
        oven1.step(hot, baked1, hallDegC.get());
        oven2.step(hot && demand > 0.9, baked2, hallDegC.get());
        double pieces = packing.approach((baked1 + baked2) * 0.985 / TONNES_PER_LOAF, 35);
        loaves.set(pieces < 20 ? 0 : pieces);
        serve(mixing, hot, baked1 + baked2, pieces, disturbances.compressorLeak());
        climate(mixing);
        balance().close();
    }

    private double mix(long minute, boolean mixing, double demand) {
        stopped1.set(stopped(stopped1.get(), chance.uniform(minute)));
        stopped2.set(stopped(stopped2.get(), chance.uniform(~minute)));
        double lines = (stopped1.get() > 0 ? 0 : 1) + (stopped2.get() > 0 ? 0 : 1);
        double tonnes = mixing ? lines * DOUGH_TONNES_PER_HOUR_AND_LINE * demand : 0;
        flour.set(tonnes * FLOUR_PER_DOUGH);
        // a batch of 18 minutes: load, slow, fast, tip out; the two mixers half a batch apart
        double drive = kneading(minute, stopped1.get() > 0) + kneading(minute + 9, stopped2.get() > 0);
        mixers.drawAsMotors(mixing ? 6 + 38 * drive * (0.94 + 0.03 * chance.bell(minute)) : 1.1, 90, 0.81);
        return tonnes;
    }

    private static double stopped(double now, double roll) {
        return now > 0 ? (roll < 0.11 ? 0 : 1) : (roll < 0.006 ? 1 : 0);
    }

    private static double kneading(long minute, boolean stopped) {
        long into = Math.floorMod(minute, 18L);
        return stopped || into < 3 ? 0.05 : into < 8 ? 0.5 : into < 16 ? 1 : 0.1;
    }

    /** Nights lead to a day; the day decides how much is baked. 1 is an ordinary weekday. */
    private double demand() {
        boolean evening = now.minuteOfDay() >= 12 * 60;
        LocalDate day = evening ? now.date().plusDays(1) : now.date();
        DayKind kind = evening ? now.tomorrow() : now.today();
        if (kind == DayKind.HOLIDAY) {
            return 0;
        }
        double week = switch (day.getDayOfWeek()) {
            case FRIDAY -> 1.08;
            case SATURDAY -> 1.16;
            case SUNDAY -> 0.62;
            default -> 0.97;
        };
        double summer = day.getMonthValue() == 8 ? 1.12 : day.getMonthValue() == 7 ? 1.06 : 1;
        double christmas = day.getMonthValue() == 12 && day.getDayOfMonth() >= 18 ? 1.15 : 1;
        return week * summer * christmas * (0.97 + 0.06 * sales.uniform(day.toEpochDay()));
    }

    /** Whether the night's work is on, begun so many hours before it and ended so many hours before its end. */
    private boolean bakes(double hoursBefore, double hoursEarlier) {
        boolean evening = now.hour() >= EVENING_START - hoursBefore && now.tomorrow() != DayKind.HOLIDAY;
        boolean morning = now.hour() < MORNING_END - hoursEarlier && now.today() != DayKind.HOLIDAY;
        return evening || morning;
    }

    private void serve(boolean mixing, boolean hot, double bakedTonnes, double pieces, boolean leak) {
        long minute = now.epochMinute();
        double drives = (hot ? 19 : 1.5) + 7 * bakedTonnes;
        ovenDrives.drawAsMotors(drives + 0.4 * Math.abs(chance.bell(minute / 2)), 48, 0.82);
        packaging.drawAsMotors(pieces > 60 ? 9 + 24 * Math.min(1, pieces / 4500) : 0.9, 40, 0.8);
        double air = 4 + 0.0011 * pieces + (mixing ? 1.5 : 0) + (leak ? 2.6 : 0);
        double airKilowatts = 2.5 + 5.9 * Math.min(7, air * (1 + 0.04 * chance.bell(minute ^ 77)));
        compressedAir.drawAsMotors(airKilowatts, 45, 0.86);
        boolean people = mixing || pieces > 60;
        lighting.draw(people ? 13 + 15 * (1 - 0.7 * weather.daylight()) : 2.6 + 2 * (1 - weather.daylight()), 2.5);
        boolean office = now.today() == DayKind.WORKDAY && now.between(9, 18.5);
        double cooling = office ? 0.8 * Math.max(0, weather.airDegC() - 22) : 0;
        general.draw(4.2 + (office ? 8 : 0) + cooling + (people ? 6 : 0) + 0.4 * Math.abs(chance.bell(minute / 5)), 3);
        double boiler = (bakes(1, 0.5) ? 46 + 58 * bakedTonnes : 7) + (now.between(9.5, 11.5) ? 70 : 0);
        boilerGas.set(boiler / 0.88 / CALORIFIC_KWH);
        gas.setMilliUnitsPerHour(
                oven1.gas().milliUnitsPerHour() + oven2.gas().milliUnitsPerHour() + boilerGas.milliUnitsPerHour());
        double cleaning = now.between(9.5, 11.5) ? 2.1 : 0;
        water.set(flour.unitsPerHour() * 0.62 + cleaning + (people ? 0.45 : 0.03));
    }

    private void climate(boolean mixing) {
        double outdoor = weather.airDegC();
        double gains = 0.55 * (oven1.lossKilowatts(hallDegC.get()) + oven2.lossKilowatts(hallDegC.get()))
                + 0.5 * (mixers.kilowatts() + ovenDrives.kilowatts() + lighting.kilowatts());
        double exchange = 3.2 + (hallDegC.get() > 25 ? 1.8 * (hallDegC.get() - 25) : 0);
        hallDegC.add((gains - exchange * (hallDegC.get() - outdoor)) / 34 / 60);
        double doors = mixing ? 9 : 1.5;
        double heat =
                0.9 * (hallDegC.get() - coldRoomDegC.get()) + doors + 0.12 * Math.max(0, hallDegC.get() - 20) * doors;
        // on and off with a band of two kelvin, as small plants do
        if (coldRoomDegC.get() > 4) {
            chilling.set(1);
        } else if (coldRoomDegC.get() < 2) {
            chilling.set(0);
        }
        double performance = Math.max(1.6, 4.1 - 0.055 * (outdoor - 5));
        double taken = chilling.get() > 0 ? 74 : 0;
        coldRoomDegC.add((heat - taken) / 26 / 60);
        double freezer = (17 + 0.45 * Math.max(0, outdoor - 5)) / (performance * 0.55);
        refrigeration.drawAsMotors(2.5 + taken / performance + freezer, 60, 0.83);
    }

    private List<Meter> catalogue(long seed) {
        MeterCatalogue c = new MeterCatalogue(IDENTITY.id(), seed);
        Dial eight = Dial.of("0.01", Dial.EIGHT_DIGITS);
        Dial seven = Dial.of("0.1", Dial.SEVEN_DIGITS);
        c.analyser("main", "Main supply", "", main, 330, 230.9, eight.rollingOverAfter(540_000));
        c.panelMeter("mixers", "Dough mixers", "main", mixers, 95, seven);
        c.panelMeter("oven-drives", "Oven fans and drives", "main", ovenDrives, 50, seven);
        c.analyser("refrigeration", "Cold rooms and freezer", "main", refrigeration, 75, 230.9, eight);
        c.panelMeter("packaging", "Packaging", "main", packaging, 42, seven);
        c.panelMeter("compressed-air", "Compressed air", "main", compressedAir, 48, seven);
        c.railMeter("lighting", "Lighting", "main", lighting, 32, seven);
        c.railMeter("general-supply", "Offices and general supply", "main", general, 45, seven);
        Dial gasDial = Dial.of("0.01", Dial.EIGHT_DIGITS);
        c.gasMeter("gas-main", "Gas main", "", gas, 155, gasDial, CALORIFIC);
        c.gasMeter("gas-oven-1", "Oven 1", "gas-main", oven1.gas(), 62, gasDial, CALORIFIC);
        c.gasMeter("gas-oven-2", "Oven 2", "gas-main", oven2.gas(), 62, gasDial, CALORIFIC);
        c.gasMeter("gas-boiler", "Steam and hot water boiler", "gas-main", boilerGas, 42, gasDial, CALORIFIC);
        c.waterMeter("water-main", "Water main", "", water, 6, Dial.of("0.01", Dial.SEVEN_DIGITS));
        c.outputCounter("loaves-output", "Loaves packed", "pieces", loaves, 6500, Dial.of("1", Dial.EIGHT_DIGITS));
        c.outputCounter("flour-input", "Flour weighed in", "t", flour, 2.2, Dial.of("0.001", Dial.EIGHT_DIGITS));
        c.transmitter("outdoor", "Outdoor air", weather::airDegC);
        c.thermometer("bakehall", "Bakehall", hallDegC::get);
        c.thermometer("cold-room", "Cold room", coldRoomDegC::get);
        c.pyrometer("oven-1-chamber", "Oven 1 chamber", oven1::degC);
        c.pyrometer("oven-2-chamber", "Oven 2 chamber", oven2::degC);
        return c.meters();
    }

    @Override
    public Identity identity() {
        return IDENTITY;
    }

    @Override
    public SiteState state() {
        return state;
    }

    @Override
    public Load.Balance balance() {
        return new Load.Balance(main, below, INFEED);
    }

    @Override
    public List<Meter> meters() {
        return meters;
    }
}
