package energy.audit.plant;

import java.time.ZoneId;
import java.util.List;

/** Cold store: two frozen rooms and a chilled one, three refrigeration compressors, a dock with trucks that come and go. */
final class ColdStore implements SiteModel {
    private static final Identity IDENTITY =
            new Identity("demo-castings", "cold-store", "Cold Store", ZoneId.of("Europe/Berlin"), 9_600);
    private static final Load.Infeed INFEED = new Load.Infeed(800, 1.5, 8.5, 260);
    private static final double COMPRESSOR_COOLING_KILOWATTS = 175;
    private static final double EVAPORATION_KELVIN = 273.15 - 31;
    private static final int PALLETS_PER_TRUCK = 33;
    private static final double PALLETS_PER_HOUR_AND_DOCK = 56;

    private final SiteState state = new SiteState();
    private final Tick now = new Tick(IDENTITY.zone(), WorkCalendar.germanLogistics());
    private final Weather weather;
    private final Noise arrivals;
    private final Noise departures;
    private final Noise chance;
    private final ColdRoom frozen1 = new ColdRoom(new ColdRoom.Build(-24, 1.05, 420, 165, 12, 42, 95), state);
    private final ColdRoom frozen2 = new ColdRoom(new ColdRoom.Build(-22, 0.95, 390, 150, 11, 38, 215), state);
    private final ColdRoom chilled = new ColdRoom(new ColdRoom.Build(3, 1.2, 150, 95, 7, 0, 335), state);
    private final SiteState.Memory dockDegC = state.memory(8);
    private final SiteState.Memory toUnload = state.memory(0);
    private final SiteState.Memory toLoad = state.memory(0);
    private final SiteState.Memory suction = state.memory(150);
    private final SiteState.Memory fixedOn = state.memory(0);
    private final SiteState.Memory charging = state.memory(0);
    private final SiteState.Flow palletsIn = state.flow();
    private final SiteState.Flow palletsOut = state.flow();
    private final SiteState.Flow water = state.flow();
    private final Load main = new Load(state);
    private final Load compressor1 = new Load(state);
    private final Load compressor2 = new Load(state);
    private final Load compressor3 = new Load(state);
    private final Load condenserFans = new Load(state);
    private final Load evaporatorFans = new Load(state);
    private final Load defrost = new Load(state);
    private final Load lighting = new Load(state);
    private final Load offices = new Load(state);
    private final Load dock = new Load(state);
    private final List<Load> below = List.of(
            compressor1, compressor2, compressor3, condenserFans, evaporatorFans, defrost, lighting, offices, dock);
    private final List<Meter> meters;

    ColdStore(long seed) {
        weather = new Weather(Weather.Climate.NORTH_GERMANY, seed, state);
        arrivals = Noise.of(seed, "cold-store/arrivals");
        departures = Noise.of(seed, "cold-store/departures");
        chance = Noise.of(seed, "cold-store/chance");
        meters = catalogue(seed);
    }

    @Override
    public void step(long epochMinute, Disturbances disturbances) {
        now.moveTo(epochMinute);
        weather.step(now);
        boolean open = open();
        handlePallets(epochMinute, open);
        double moved = palletsIn.unitsPerHour() + palletsOut.unitsPerHour();
        double outdoor = weather.airDegC();
        dockDegC.approach(6 + 0.35 * (outdoor - 6) + Math.min(6, 0.02 * moved) * (outdoor > 6 ? 1 : -0.4), 45);
        double people = open ? 2.5 + 0.03 * moved : 0;
        double sunWarmed = outdoor + 9 * weather.daylight();
        double incoming = palletsIn.unitsPerHour();
        frozen1.step(now, sunWarmed, dockDegC.get(), 0.22 * moved, 0.34 * incoming, people);
        frozen2.step(now, sunWarmed, dockDegC.get(), 0.18 * moved, 0.28 * incoming, people);
        chilled.step(now, sunWarmed, dockDegC.get(), 0.25 * moved, 0.16 * incoming, people);
        refrigerate(outdoor);
        serveBuilding(open, moved);
        balance().close();
    }

    private boolean open() {
        return switch (now.today()) {
            case WORKDAY -> now.between(5, 21);
            case SATURDAY -> now.between(6, 14);
            default -> false;
        };
    }

    /** Trucks come by chance, more in the morning, before Christmas and in the ice-cream months. */
    private void handlePallets(long minute, boolean open) {
        double day = now.date().getDayOfYear();
        double season = 1 + 0.16 * StrictMath.cos(4 * Math.PI * (day - 170) / 365.0);
        double weekday = now.weekday() == 1 ? 1.2 : now.weekday() == 5 ? 1.1 : 1;
        double perHour = open ? 2.1 * season * weekday : 0;
        double inRate = perHour * (now.between(5, 13) ? 1.35 : 0.6);
        double outRate = perHour * (now.between(10, 18) ? 1.4 : 0.55);
        boolean lateHour = !now.between(0, now.today() == DayKind.SATURDAY ? 13 : 20);
        if (!lateHour && arrivals.uniform(minute) < inRate / 60) {
            toUnload.add(PALLETS_PER_TRUCK);
        }
        if (!lateHour && departures.uniform(minute) < outRate / 60) {
            toLoad.add(PALLETS_PER_TRUCK);
        }
        palletsIn.set(work(toUnload, open, chance.bell(minute)));
        palletsOut.set(work(toLoad, open, chance.bell(~minute)));
    }

    private static double work(SiteState.Memory waiting, boolean open, double bell) {
        double docks = Math.min(3, Math.ceil(waiting.get() / PALLETS_PER_TRUCK));
        double perHour = open ? Math.min(waiting.get() * 60, docks * PALLETS_PER_HOUR_AND_DOCK * (1 + 0.08 * bell)) : 0;
        waiting.add(-perHour / 60);
        waiting.set(Math.max(0, waiting.get()));
        return perHour;
    }

    /** Two fixed machines that take turns in leading, and a speed-controlled one; warm air outside costs efficiency. */
    private void refrigerate(double outdoor) {
        double cooling = frozen1.coolingKilowatts() + frozen2.coolingKilowatts() + 0.92 * chilled.coolingKilowatts();
        suction.approach(cooling, 3);
        double need = Math.max(0, suction.get());
        double on = fixedOn.get();
        if (need > (on + 0.95) * COMPRESSOR_COOLING_KILOWATTS && on < 2) {
            on += 1;
        } else if (need < (on + 0.10) * COMPRESSOR_COOLING_KILOWATTS - 20 && on > 0) {
            on -= 1;
        }
        fixedOn.set(on);
        double condensing = Math.max(outdoor + 11, 21) + 273.15;
        double performance = 0.52 * EVAPORATION_KELVIN / (condensing - EVAPORATION_KELVIN);
        double fixedKilowatts = 1.04 * COMPRESSOR_COOLING_KILOWATTS / performance;
        boolean oneLeads = now.week() % 2 == 0;
        fixed(oneLeads ? compressor1 : compressor2, on >= 1, fixedKilowatts);
        fixed(oneLeads ? compressor2 : compressor1, on >= 2, fixedKilowatts);
        double rest = Math.min(1.05, Math.max(0, need / COMPRESSOR_COOLING_KILOWATTS - on));
        double trim = rest < 0.06 ? 0.9 : COMPRESSOR_COOLING_KILOWATTS * rest / performance + 4.5;
        compressor3.draw(trim, 0.22 * trim + 1);
        double rejected = need * (1 + 1 / performance);
        double fans = Math.min(1, rejected / 620 * (outdoor > 10 ? 1 + 0.02 * (outdoor - 10) : 1));
        condenserFans.drawAsMotors(0.6 + 27 * fans * fans, 30, 0.83);
        water.set(0.02 + rejected * 0.00062 * Math.max(0, outdoor - 8) / 12 + (open() ? 0.15 : 0));
    }

    private static void fixed(Load compressor, boolean on, double kilowatts) {
        if (on) {
            compressor.drawAsMotors(kilowatts, 110, 0.88);
        } else {
            compressor.draw(0.35, 0.1); // crankcase heater
        }
    }

    private void serveBuilding(boolean open, double moved) {
        double fans = frozen1.fanKilowatts() + frozen2.fanKilowatts() + chilled.fanKilowatts();
        evaporatorFans.drawAsMotors(fans, 30, 0.8);
        defrost.draw(0.2 + frozen1.heaterKilowatts() + frozen2.heaterKilowatts(), 0.05);
        lighting.draw(open ? 12 + 10 * (1 - 0.5 * weather.daylight()) : 3.4, open ? 3 : 1);
        boolean office = now.today() == DayKind.WORKDAY && now.between(6, 18);
        double heatPump = Math.min(14, Math.max(0, (office ? 0.55 : 0.25) * (17 - weather.airDegC())));
        offices.draw(3 + (office ? 10 + Math.max(0, 0.9 * (weather.airDegC() - 23)) : 0) + heatPump, 1.8);
        // trucks charge in the evening what they used
        if (open) {
            charging.add(moved * 0.0035);
        }
        boolean plugged = !open || now.between(12, 13);
        double charger = plugged ? Math.min(26, 0.35 * charging.get()) : 0;
        charging.set(Math.max(0, charging.get() - charger * 0.85 / 60));
        dock.draw(1.6 + charger + (open ? 3 + 0.045 * moved : 0), 1 + 0.25 * charger);
    }

    private List<Meter> catalogue(long seed) {
        MeterCatalogue c = new MeterCatalogue(IDENTITY.id(), seed);
        Dial eight = Dial.of("0.01", Dial.EIGHT_DIGITS);
        Dial seven = Dial.of("0.1", Dial.SEVEN_DIGITS);
        c.analyser("main", "Main supply 20 kV", "", main, 620, 11_547, Dial.of("0.01", Dial.BINARY_32));
        c.analyser("compressor-1", "Refrigeration compressor 1", "main", compressor1, 130, 230.9, eight);
        c.analyser("compressor-2", "Refrigeration compressor 2", "main", compressor2, 130, 230.9, eight);
        c.analyser(
                "compressor-3",
                "Refrigeration compressor 3, variable speed",
                "main",
                compressor3,
                140,
                230.9,
                eight.rollingOverAfter(210_000));
        c.panelMeter("condenser-fans", "Condenser fans", "main", condenserFans, 32, seven);
        c.panelMeter("evaporator-fans", "Evaporator fans", "main", evaporatorFans, 32, seven);
        c.panelMeter("defrost", "Defrost heaters", "main", defrost, 85, seven);
        c.railMeter("lighting", "Lighting", "main", lighting, 26, seven);
        c.railMeter("offices", "Offices", "main", offices, 45, seven);
        c.railMeter("dock", "Dock and truck charging", "main", dock, 60, seven);
        c.waterMeter("water-main", "Water main", "", water, 4, Dial.of("0.01", Dial.SEVEN_DIGITS));
        c.outputCounter("pallets-in", "Pallets received", "pallets", palletsIn, 260, Dial.of("1", Dial.SIX_DIGITS));
        c.outputCounter(
                "pallets-out",
                "Pallets dispatched",
                "pallets",
                palletsOut,
                260,
                Dial.of("1", Dial.SIX_DIGITS).rollingOverAfter(60_000));
        c.transmitter("outdoor", "Outdoor air", weather::airDegC);
        c.thermometer("frozen-room-1", "Frozen room 1", frozen1::airDegC);
        c.thermometer("frozen-room-2", "Frozen room 2", frozen2::airDegC);
        c.thermometer("chilled-room", "Chilled room", chilled::airDegC);
        c.thermometer("dock-air", "Dock air", dockDegC::get);
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
