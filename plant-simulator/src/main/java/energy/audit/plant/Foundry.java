package energy.audit.plant;

import java.time.ZoneId;
import java.util.List;

/** Iron foundry in two shifts: two melting furnaces, one that holds, a moulding line, and what serves them. */
final class Foundry implements SiteModel {
    private static final Identity IDENTITY =
            new Identity("demo-castings", "foundry-north", "Foundry North", ZoneId.of("Europe/Berlin"), 14_200);
    private static final String CALORIFIC = "10.781";
    private static final double CALORIFIC_KWH = Double.parseDouble(CALORIFIC);
    private static final Load.Infeed INFEED = new Load.Infeed(5000, 5.8, 46, 2400);

    private final SiteState state = new SiteState();
    private final Tick now = new Tick(IDENTITY.zone(), WorkCalendar.germanFactory());
    private final Weather weather;
    private final Noise orders;
    private final Noise chance;
    private final MeltFurnace furnace1;
    private final MeltFurnace furnace2;
    private final HoldingFurnace furnace3;
    private final MouldingLine moulding;
    private final CompressedAir air;
    private final SiteState.Memory hallDegC = state.memory(17);
    private final SiteState.Memory waterDegC = state.memory(24);
    private final SiteState.Memory crane = state.memory(0);
    private final SiteState.Memory fans = state.memory(0);
    private final SiteState.Flow meltTonnes = state.flow();
    private final SiteState.Flow gas = state.flow();
    private final SiteState.Flow ladleGas = state.flow();
    private final SiteState.Flow dryerGas = state.flow();
    private final SiteState.Flow heatingGas = state.flow();
    private final SiteState.Flow water = state.flow();
    private final SiteState.Flow coolingMakeUp = state.flow();
    private final Load main = new Load(state);
    private final Load coreShop = new Load(state);
    private final Load dustExtraction = new Load(state);
    private final Load coolingWater = new Load(state);
    private final Load lighting = new Load(state);
    private final Load offices = new Load(state);
    private final Load general = new Load(state);
    private final List<Load> below;
    /** Of this minute; follows from the week alone. */
    private double orderLevel;

    private final List<Meter> meters;

    Foundry(long seed) {
        weather = new Weather(Weather.Climate.NORTH_GERMANY, seed, state);
        orders = Noise.of(seed, "foundry-north/orders");
        chance = Noise.of(seed, "foundry-north/chance");
        furnace1 = new MeltFurnace(state, seed, "furnace-1", 1);
        furnace2 = new MeltFurnace(state, seed, "furnace-2", 4);
        furnace3 = new HoldingFurnace(state);
        moulding = new MouldingLine(state, seed);
        air = new CompressedAir(state, seed);
        below = List.of(
                furnace1.load(),
                furnace2.load(),
                furnace3.load(),
                moulding.sand(),
                moulding.line(),
                coreShop,
                moulding.shotBlast(),
                air.fixed(),
                air.trim(),
                dustExtraction,
                coolingWater,
                lighting,
                offices,
                general);
        meters = catalogue(seed);
    }

    @Override
    public void step(long epochMinute, Disturbances disturbances) {
        now.moveTo(epochMinute);
        weather.step(now);
        orderLevel = orderLevel();
        boolean working = works(now.today(), now.minuteOfDay());
        boolean soon = worksWithin(85);
        moulding.plan(now, working, orderLevel);
        melt(working, soon, disturbances);
        moulding.step(
                now,
                working,
                furnace3.step(furnace1.tappedTonnes() + furnace2.tappedTonnes(), moulding.wantsTonnes(), working));
        meltTonnes.set(60 * (furnace1.tappedTonnes() + furnace2.tappedTonnes()));
        boolean cores = working && now.between(6, 15);
        double coreLoad = cores ? 0.75 + 0.12 * chance.bell(epochMinute / 7) : 0;
        coreShop.drawAsMotors(cores ? 22 + 52 * Math.max(0, coreLoad) : 3.5, 95, 0.88);
        double tools = working ? 2.5 : 0;
        air.step(
                now,
                15 * moulding.running() + (moulding.blasting() ? 5 : 0) + 4 * Math.max(0, coreLoad) + tools,
                disturbances.compressorLeak());
        buildings(working, soon);
        cooling();
        hall(working, cores);
        balance().close();
    }

    private void melt(boolean working, boolean soon, Disturbances disturbances) {
        boolean keepHot = worksWithin(9 * 60);
        double drift = disturbances.furnaceDrift() ? 1.15 : 1;
        boolean room = furnace3.hasRoomForABatch();
        // the moulding line stops at 22:00; nothing is charged in the last hour, so that the furnaces are empty by then
        boolean charge = working && works(now.today(), now.minuteOfDay() + 60);
        furnace1.step(now, charge, soon, keepHot, room, drift);
        furnace2.step(now, charge, soon, keepHot, room && furnace1.tappedTonnes() == 0, 1);
    }

    private void buildings(boolean working, boolean soon) {
        crane.approach(working && chance.uniform(now.epochMinute()) < 0.4 ? 1 : 0, 2);
        general.drawAsMotors(
                (working ? 34 : 11) + 48 * crane.get() + Math.abs(chance.bell(~now.epochMinute())), 110, 0.8);
        fans.approach(working ? 0.7 + 0.3 * moulding.running() : soon ? 0.6 : 0, 4);
        dustExtraction.drawAsMotors(2 + 198 * fans.get() * fans.get() * fans.get(), 210, 0.86);
        double dark = 1 - 0.55 * weather.daylight();
        lighting.draw(working || worksWithin(20) ? 14 + 78 * dark : 9 + 6 * (1 - weather.daylight()), working ? 9 : 4);
        boolean office = now.today() == DayKind.WORKDAY && now.between(6.5, 18);
        double presence = office ? Math.min(1, Math.min(now.hour() - 6.4, 18.2 - now.hour())) : 0;
        double airConditioning = office ? 1.6 * Math.max(0, weather.airDegC() - 22) : 0;
        offices.draw(6.5 + 24 * presence + airConditioning + 0.5 * Math.abs(chance.bell(now.epochMinute() / 5)), 4);
    }

    private void cooling() {
        double heat = furnace1.coolingKilowatts() + furnace2.coolingKilowatts() + furnace3.coolingKilowatts();
        double towerDegC = Math.max(19, 0.72 * weather.airDegC() + 9);
        waterDegC.approach(towerDegC + heat / 85, 18);
        double fanShare = Math.min(1, Math.max(0, (waterDegC.get() - 22) / 16));
        coolingWater.drawAsMotors((heat > 120 ? 46 : 21) + 36 * fanShare, 85, 0.85);
        coolingMakeUp.set(heat * fanShare * 1.9 / 1000 + 0.004); // evaporation and blow-down, m3/h
        boolean people = worksWithin(30) || works(now.today(), now.minuteOfDay() - 30);
        double showers = people && (now.between(14, 14.6) || now.between(22, 22.5)) ? 3.2 : 0;
        double sanitary = people ? 0.35 + 0.2 * chance.uniform(now.epochMinute() / 4) + showers : 0.02;
        double sandWetting = 2.4 * moulding.running();
        // through whole numbers of litres, so that the main water meter is the exact sum
        water.set(sanitary + sandWetting);
        water.setMilliUnitsPerHour(water.milliUnitsPerHour() + coolingMakeUp.milliUnitsPerHour());
    }

    private void hall(boolean working, boolean cores) {
        double outdoor = weather.airDegC();
        double gains = 0.10 * (furnace1.load().kilowatts() + furnace2.load().kilowatts())
                + 0.16 * furnace3.load().kilowatts()
                + 0.5 * (moulding.sand().kilowatts() + moulding.line().kilowatts() + lighting.kilowatts());
        double exchange = 14 + 34 * fans.get() + (hallDegC.get() > 22 ? 11 * (hallDegC.get() - 22) : 0);
        double setDegC = working || worksWithin(120) ? 17 : 11;
        double heating = Math.min(950, Math.max(0, 260 * (setDegC - hallDegC.get())));
        hallDegC.add((gains + 0.9 * heating - exchange * (hallDegC.get() - outdoor)) / 190 / 60);
        heatingGas.set(heating / CALORIFIC_KWH);
        boolean ladlesHot = working || worksWithin(90);
        ladleGas.set(
                ladlesHot ? 38 + 9 * moulding.running() + 1.5 * Math.abs(chance.bell(now.epochMinute() / 3)) : 1.4);
        double wetSand = 1 + 0.012 * Math.max(-10, 12 - outdoor);
        dryerGas.set(cores ? 21 * wetSand : 0);
        gas.setMilliUnitsPerHour(
                ladleGas.milliUnitsPerHour() + dryerGas.milliUnitsPerHour() + heatingGas.milliUnitsPerHour());
    }

    /** Two shifts from 06:00 to 22:00, and an early shift on busy Saturdays. */
    private boolean works(DayKind day, int minuteOfDay) {
        return switch (day) {
            case WORKDAY -> minuteOfDay >= 360 && minuteOfDay < 1320;
            case SATURDAY -> minuteOfDay >= 360 && minuteOfDay < 840 && orderLevel > 0.93;
            default -> false;
        };
    }

    private boolean worksWithin(int minutes) {
        int then = now.minuteOfDay() + minutes;
        int dayStart = 360;
        boolean today = now.minuteOfDay() < dayStart && then >= dayStart && works(now.today(), dayStart);
        boolean tomorrow = then >= 1440 + dayStart && works(now.tomorrow(), dayStart);
        return works(now.today(), now.minuteOfDay()) || today || tomorrow;
    }

    /** Orders on hand: some weeks are fuller than others, summer and the end of the year are quieter. */
    private double orderLevel() {
        long week = now.week();
        double drift = (orders.uniform(week - 1) + 2 * orders.uniform(week) + orders.uniform(week + 1)) / 4;
        double season = 0.04 * StrictMath.cos(2 * Math.PI * (now.date().getDayOfYear() - 290) / 365.0);
        return Math.min(1, 0.72 + 0.32 * drift + season);
    }

    private List<Meter> catalogue(long seed) {
        MeterCatalogue c = new MeterCatalogue(IDENTITY.id(), seed);
        Dial fine = Dial.of("0.01", Dial.BINARY_32);
        Dial eight = Dial.of("0.1", Dial.EIGHT_DIGITS);
        Dial seven = Dial.of("0.1", Dial.SEVEN_DIGITS);
        c.analyser("main", "Main supply 20 kV", "", main, 5200, 11_547, fine.rollingOverAfter(7_400_000));
        c.analyser("furnace-1", "Induction furnace 1", "main", furnace1.load(), 1750, 398, fine);
        c.analyser("furnace-2", "Induction furnace 2", "main", furnace2.load(), 1750, 398, fine);
        c.analyser("furnace-3", "Holding furnace 3", "main", furnace3.load(), 420, 230.9, fine);
        c.panelMeter("sand-plant", "Sand plant", "main", moulding.sand(), 340, eight);
        c.panelMeter("moulding-line", "Moulding line", "main", moulding.line(), 240, eight);
        c.panelMeter("core-shop", "Core shop", "main", coreShop, 95, seven);
        c.panelMeter("shot-blast", "Shot blasting", "main", moulding.shotBlast(), 110, seven);
        c.analyser("compressor-1", "Compressor 1, fixed speed", "main", air.fixed(), 130, 230.9, eight);
        c.analyser(
                "compressor-2",
                "Compressor 2, variable speed",
                "main",
                air.trim(),
                145,
                230.9,
                Dial.of("0.1", Dial.SEVEN_DIGITS).rollingOverAfter(310_000));
        c.panelMeter("dust-extraction", "Dust extraction", "main", dustExtraction, 215, eight);
        c.panelMeter("cooling-water", "Furnace cooling water", "main", coolingWater, 90, seven);
        c.railMeter("lighting", "Hall lighting", "main", lighting, 100, seven);
        c.railMeter("offices", "Offices and social rooms", "main", offices, 60, seven);
        c.railMeter("general-supply", "Cranes and general supply", "main", general, 110, seven);
        Dial gasDial = Dial.of("0.01", Dial.EIGHT_DIGITS);
        c.gasMeter("gas-main", "Gas main", "", gas, 190, gasDial, CALORIFIC);
        c.gasMeter("gas-ladle-heaters", "Ladle heaters", "gas-main", ladleGas, 60, gasDial, CALORIFIC);
        c.gasMeter("gas-sand-dryer", "Core sand dryer", "gas-main", dryerGas, 40, gasDial, CALORIFIC);
        c.gasMeter("gas-hall-heating", "Hall heating", "gas-main", heatingGas, 95, gasDial, CALORIFIC);
        c.waterMeter(
                "water-main",
                "Water main",
                "",
                water,
                9,
                Dial.of("0.01", Dial.SIX_DIGITS).rollingOverAfter(4_000));
        c.waterMeter(
                "water-cooling",
                "Cooling tower make-up",
                "water-main",
                coolingMakeUp,
                3,
                Dial.of("0.01", Dial.SEVEN_DIGITS));
        c.outputCounter("melt-output", "Iron melted", "t", meltTonnes, 60, Dial.of("0.01", Dial.EIGHT_DIGITS));
        c.outputCounter(
                "castings-output",
                "Good castings",
                "t",
                moulding.castingsTonnesPerHour(),
                4,
                Dial.of("0.001", Dial.EIGHT_DIGITS));
        c.outputCounter(
                "moulds-output",
                "Moulds poured",
                "pieces",
                moulding.mouldsPerHour(),
                130,
                Dial.of("1", Dial.EIGHT_DIGITS));
        c.pyrometer("furnace-1-melt", "Furnace 1 melt or lining", furnace1::meltDegC);
        c.pyrometer("furnace-2-melt", "Furnace 2 melt or lining", furnace2::meltDegC);
        c.pyrometer("furnace-3-melt", "Furnace 3 melt", furnace3::degC);
        c.thermometer("hall", "Moulding hall", hallDegC::get);
        c.transmitter("outdoor", "Outdoor air", weather::airDegC);
        c.thermometer("cooling-return", "Cooling water return", waterDegC::get);
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
