package energy.audit.plant;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** The makes of meter that the plant uses. Their register maps differ on purpose, as they do in real plants. */
final class MeterCatalogue {
    private final String site;
    private final long seed;
    private final List<Meter> meters = new ArrayList<>();

    MeterCatalogue(String site, long seed) {
        this.site = site;
        this.seed = seed;
    }

    List<Meter> meters() {
        return List.copyOf(meters);
    }

    /** Power quality analyser: holding registers, high word first, whole numbers. */
    void analyser(
            String id, String name, String parent, Load load, double ratedKilowatts, double phaseVolts, Dial dial) {
        Map map = new Map(id, Channel.Area.HOLDING, Encoding.WordOrder.BIG);
        Feeder feeder = new Feeder(load, ratedKilowatts, phaseVolts, noise(id, "feeder"));
        energies(map, 0, load, ratedKilowatts, dial);
        map.gauge("active-power", "kW", Encoding.INT32, 4, "0.001", "0", second -> feeder.kilowatts());
        boolean mediumVoltage = phaseVolts > 6000;
        for (int phase = 0; phase < 3; phase++) {
            int p = phase;
            map.gauge(
                    "voltage-l" + (p + 1),
                    "V",
                    Encoding.UINT16,
                    6 + p,
                    mediumVoltage ? "1" : "0.1",
                    "0",
                    second -> feeder.volts(p, second));
        }
        currents(map, feeder, Encoding.INT32, 10, 2, "0.001");
        map.gauge("power-factor", "1", Encoding.INT16, 16, "0.001", "0", second -> feeder.powerFactor());
        map.gauge("thd-voltage", "%", Encoding.UINT16, 17, "0.1", "0", feeder::voltageDistortionPercent);
        add(id, name, "electricity", parent, "PA", "power analyser", map.channels);
    }

    /** Panel meter: input registers, low word first, gauges as float32, counters far up in the map. */
    void panelMeter(String id, String name, String parent, Load load, double ratedKilowatts, Dial dial) {
        Map map = new Map(id, Channel.Area.INPUT, Encoding.WordOrder.LITTLE);
        Feeder feeder = new Feeder(load, ratedKilowatts, 230.9, noise(id, "feeder"));
        map.gauge("active-power", "kW", Encoding.FLOAT32, 0, "1", "0", second -> feeder.kilowatts());
        currents(map, feeder, Encoding.FLOAT32, 6, 2, "1");
        map.gauge("power-factor", "1", Encoding.FLOAT32, 30, "1", "0", second -> feeder.powerFactor());
        energies(map, 342, load, ratedKilowatts, dial);
        add(id, name, "electricity", parent, "PM", "panel meter", map.channels);
    }

    /** DIN-rail meter: holding registers, high word first, power as int16, no currents. */
    void railMeter(String id, String name, String parent, Load load, double ratedKilowatts, Dial dial) {
        Map map = new Map(id, Channel.Area.HOLDING, Encoding.WordOrder.BIG);
        Feeder feeder = new Feeder(load, ratedKilowatts, 230.9, noise(id, "feeder"));
        energies(map, 256, load, ratedKilowatts, dial);
        map.gauge("active-power", "kW", Encoding.INT16, 260, "0.1", "0", second -> feeder.kilowatts());
        map.gauge("power-factor", "1", Encoding.INT16, 261, "0.01", "0", second -> feeder.powerFactor());
        add(id, name, "electricity", parent, "DR", "DIN-rail meter", map.channels);
    }

    /** @param calorific kWh per m3 as metered (calorific value x state factor), decimal text */
    void gasMeter(
            String id,
            String name,
            String parent,
            SiteState.Flow flow,
            double ratedPerHour,
            Dial dial,
            String calorific) {
        Map map = new Map(id, Channel.Area.HOLDING, Encoding.WordOrder.BIG);
        map.counter("gas-volume", "m3", 0, flow, ratedPerHour, dial, calorific);
        add(id, name, "gas", parent, "GC", "gas volume corrector", map.channels);
    }

    void waterMeter(String id, String name, String parent, SiteState.Flow flow, double ratedPerHour, Dial dial) {
        Map map = new Map(id, Channel.Area.INPUT, Encoding.WordOrder.LITTLE);
        map.counter("water-volume", "m3", 16, flow, ratedPerHour, dial, "");
        add(id, name, "water", parent, "WM", "water meter", map.channels);
    }

    /** @param unit t, pieces or pallets */
    void outputCounter(String id, String name, String unit, SiteState.Flow flow, double ratedPerHour, Dial dial) {
        Map map = new Map(id, Channel.Area.HOLDING, Encoding.WordOrder.BIG);
        map.counter("product-output", unit, 100, flow, ratedPerHour, dial, "");
        add(id, name, "none", "", "OC", "production counter", map.channels);
    }

    /** Resistance thermometer on a bus module: int16, tenths of a degree. */
    void thermometer(String id, String name, DoubleSupplier degC) {
        Map map = new Map(id, Channel.Area.INPUT, Encoding.WordOrder.BIG);
        Noise noise = noise(id, "sensor");
        map.gauge("temperature", "degC", Encoding.INT16, 0, "0.1", "0", s -> degC.getAsDouble() + 0.06 * noise.bell(s));
        add(id, name, "none", "", "RT", "resistance thermometer", map.channels);
    }

    /** Transmitter 4-20 mA for -50 to 150 degC: uint16 with an offset. */
    void transmitter(String id, String name, DoubleSupplier degC) {
        Map map = new Map(id, Channel.Area.INPUT, Encoding.WordOrder.BIG);
        Noise noise = noise(id, "sensor");
        map.gauge(
                "temperature",
                "degC",
                Encoding.UINT16,
                8,
                "0.01",
                "-50",
                s -> degC.getAsDouble() + 0.03 * noise.bell(s));
        add(id, name, "none", "", "TT", "temperature transmitter", map.channels);
    }

    /** Pyrometer or thermocouple for furnaces: int32, tenths of a degree. */
    void pyrometer(String id, String name, DoubleSupplier degC) {
        Map map = new Map(id, Channel.Area.HOLDING, Encoding.WordOrder.LITTLE);
        Noise noise = noise(id, "sensor");
        map.gauge("temperature", "degC", Encoding.INT32, 2, "0.1", "0", s -> degC.getAsDouble() + 1.2 * noise.bell(s));
        add(id, name, "none", "", "PY", "pyrometer", map.channels);
    }

    private void energies(Map map, int address, Load load, double ratedKilowatts, Dial dial) {
        map.counter("active-energy-import", "kWh", address, load.active(), ratedKilowatts, dial, "1");
        Dial reactive = new Dial(dial.multiplier(), dial.modulus(), 0);
        map.counter("reactive-energy-import", "kvarh", address + 2, load.reactive(), ratedKilowatts, reactive, "");
    }

    private static void currents(Map map, Feeder feeder, Encoding encoding, int address, int step, String multiplier) {
        for (int phase = 0; phase < 3; phase++) {
            int p = phase;
            String quantity = "current-l" + (p + 1);
            map.gauge(
                    quantity, "A", encoding, address + step * p, multiplier, "0", second -> feeder.amperes(p, second));
        }
    }

    private void add(
            String id, String name, String source, String parent, String series, String make, List<Channel> channels) {
        int unit = meters.size() + 1;
        long number = 10_000_000L + (long) (89_000_000L * noise(id, "serial").uniform(0));
        meters.add(new Meter(
                unit, id, name, source, parent, String.format(Locale.ROOT, "%s-%d", series, number), make, channels));
    }

    private Noise noise(String meter, String what) {
        return Noise.of(seed, site + "/" + meter + "/" + what);
    }

    private interface Value {
        double at(long epochSecond);
    }

    /** The register map of one meter while it is drawn up. */
    private final class Map {
        private final String meter;
        private final Channel.Area area;
        private final Encoding.WordOrder order;
        private final List<Channel> channels = new ArrayList<>();

        private Map(String meter, Channel.Area area, Encoding.WordOrder order) {
            this.meter = meter;
            this.area = area;
            this.order = order;
        }

        private void counter(
                String quantity,
                String unit,
                int address,
                SiteState.Flow flow,
                double ratedPerHour,
                Dial dial,
                String kwh) {
            long perCount = dial.milliUnitsPerCount() * SiteState.MILLISECONDS_PER_HOUR;
            long initial = dial.initialCount(noise(meter, quantity).uniform(0));
            Channel.Source source = second -> (initial + flow.total(1000 * (second % 60)) / perCount) % dial.modulus();
            channels.add(new Channel(
                    site + "." + meter + "." + quantity,
                    quantity,
                    unit,
                    Encoding.UINT32,
                    area,
                    address,
                    order,
                    dial.multiplier(),
                    BigDecimal.ZERO,
                    dial.modulus(),
                    dial.countsPerHour(ratedPerHour),
                    kwh,
                    source));
        }

        private void gauge(
                String quantity,
                String unit,
                Encoding encoding,
                int address,
                String multiplier,
                String offset,
                Value value) {
            BigDecimal scale = new BigDecimal(multiplier);
            double perCount = scale.doubleValue();
            double zero = Double.parseDouble(offset);
            Channel.Source source = second -> encoding.countOf((value.at(second) - zero) / perCount);
            channels.add(new Channel(
                    site + "." + meter + "." + quantity,
                    quantity,
                    unit,
                    encoding,
                    area,
                    address,
                    order,
                    scale,
                    new BigDecimal(offset),
                    0,
                    0,
                    "",
                    source));
        }
    }
}
