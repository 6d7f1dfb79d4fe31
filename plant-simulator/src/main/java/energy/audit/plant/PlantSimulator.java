package energy.audit.plant;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Program: {@code java -jar plant-simulator.jar --data DIR}. Exit codes: 0 stopped, 1 could not run, 2 wrong use. */
public final class PlantSimulator {
    private PlantSimulator() {}

    /** @param arguments see {@code --help} */
    public static void main(String[] arguments) throws InterruptedException {
        List<String> given = List.of(arguments);
        if (given.contains("--help") || given.contains("-h")) {
            System.out.print(Options.HELP);
            return;
        }
        Options options;
        try {
            options = Options.parse(given);
        } catch (Options.WrongUse e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        try {
            Plant plant = Plant.start(options, Clock.systemUTC(), System.out);
            ControlServer control = new ControlServer(plant, options.controlPort());
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                control.close();
                                plant.close();
                                System.out.println("Stopped");
                                stopped.countDown();
                            },
                            "stop"));
            System.out.println("Control on http://127.0.0.1:" + options.controlPort() + "/status");
            System.out.println("Ready");
            stopped.await();
        } catch (IOException e) {
            System.err.println("ERR PLANT_START " + e.getMessage());
            System.exit(1);
        }
    }
}
