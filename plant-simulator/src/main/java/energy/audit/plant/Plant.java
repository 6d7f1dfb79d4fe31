package energy.audit.plant;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The running plant: three sites, their Modbus gateways and the control port. */
final class Plant implements AutoCloseable {
    private final PlantMemory memory;
    private final Interventions interventions;
    private final List<SiteTimeline> sites;
    private final List<ModbusGateway> gateways = new ArrayList<>();
    private final ScheduledExecutorService attendant = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "attendant");
        thread.setDaemon(true);
        return thread;
    });
    private final Clock clock;

    private Plant(PlantMemory memory, Interventions interventions, Clock clock) {
        this.memory = memory;
        this.interventions = interventions;
        this.clock = clock;
        this.sites = timelines(memory.seed(), memory.anchor(), interventions);
    }

    static List<SiteTimeline> timelines(long seed, Instant anchor, Interventions interventions) {
        return List.of(
                new SiteTimeline(() -> new Foundry(seed), anchor, interventions),
                new SiteTimeline(() -> new ColdStore(seed), anchor, interventions),
                new SiteTimeline(() -> new Bakery(seed), anchor, interventions));
    }

    /** Starts, at the first time with the writing of history; returns when registers can be read. */
    static Plant start(Options options, Clock clock, PrintStream out) throws IOException {
        Files.createDirectories(options.data());
        Path file = options.data().resolve("plant.json");
        boolean first = !PlantMemory.exists(file);
        PlantMemory fixed = first ? PlantMemory.firstStart(options, clock.instant()) : PlantMemory.read(file);
        if (fixed.seed() != options.seed()) {
            out.println("Plant in " + options.data() + " has seed " + fixed.seed() + "; --seed " + options.seed()
                    + " is not used. Another seed needs an empty --data folder.");
        }
        boolean moved = fixed.port() != options.port() || !fixed.bind().equals(options.bind());
        Plant plant = new Plant(fixed.at(options.bind(), options.port()), Interventions.in(options.data()), clock);
        try {
            plant.prepare(options.data(), moved, out);
            plant.memory.write(file, plant.sites);
            plant.open(InetAddress.getByName(options.bind()), out);
        } catch (IOException | RuntimeException e) {
            plant.close();
            throw e;
        }
        return plant;
    }

    private void prepare(Path data, boolean moved, PrintStream out) throws IOException {
        for (int i = 0; i < sites.size(); i++) {
            long begun = System.nanoTime();
            SiteTimeline site = sites.get(i);
            String id = site.identity().id();
            Path history = data.resolve("history").resolve(id + ".csv");
            String did = "caught up";
            if (!Files.exists(history)) {
                Outages outages = new Outages(id, site.meters(), memory.anchor(), memory.seed());
                int rows = new LoggerMemory(site, outages).write(history, memory.anchor(), memory.historyUntil());
                did = "wrote " + rows + " quarter hours of history";
            }
            new SiteConfiguration(site.identity(), site.meters(), memory.anchor())
                    .write(data.resolve("config").resolve(id), memory.bind(), memory.port() + i, moved);
            site.countsAt(clock.instant());
            long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            out.println("Site " + id + ": " + site.meters().size() + " meters, "
                    + site.places().size() + " channels; " + did + " in " + took + " ms");
        }
    }

    private void open(InetAddress bind, PrintStream out) throws IOException {
        for (int i = 0; i < sites.size(); i++) {
            int port = memory.port() + i;
            ModbusGateway gateway = new ModbusGateway(sites.get(i), bind, port, interventions, clock);
            gateways.add(gateway);
            gateway.followInterventions();
            out.println("Site " + sites.get(i).identity().id() + ": Modbus TCP on " + memory.bind() + ":" + port);
        }
        attendant.scheduleWithFixedDelay(this::attend, 200, 200, TimeUnit.MILLISECONDS);
    }

    /** Opens and closes ports as interventions begin and end, and keeps the physics at the present. */
    private void attend() {
        for (int i = 0; i < gateways.size(); i++) {
            try {
                gateways.get(i).followInterventions();
                sites.get(i).countsAt(clock.instant());
            } catch (IOException | RuntimeException e) {
                System.err.println(
                        "ERR PLANT_ATTEND site=" + sites.get(i).identity().id() + " cause=" + e);
            }
        }
    }

    /** After a change of interventions: what it does to ports and registers is done when this returns. */
    void interventionsChanged() {
        sites.forEach(SiteTimeline::interventionsChanged);
        attend();
    }

    PlantMemory memory() {
        return memory;
    }

    Interventions interventions() {
        return interventions;
    }

    List<SiteTimeline> sites() {
        return sites;
    }

    List<ModbusGateway> gateways() {
        return gateways;
    }

    Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        attendant.shutdownNow();
        gateways.forEach(ModbusGateway::close);
    }
}
