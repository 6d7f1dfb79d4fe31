package energy.audit.plant;

import java.nio.file.Path;
import java.util.List;

/**
 * The command line.
 *
 * @param port Modbus port of the first site, the others follow
 */
record Options(Path data, String bind, int port, int controlPort, int historyMonths, long seed) {
    static final String HELP = """
            Usage: java -jar plant-simulator.jar --data DIR [options]
            A simulated plant of three sites behind Modbus TCP.

              --data DIR           where history, configuration and the plant's memory live
              --port N             Modbus port of the first site, the others follow (15020)
              --control-port N     HTTP port for status, faults and expected counts (15090)
              --history-months N   months of history before the first start, 0 to 24 (13)
              --seed N             which plant: the same seed and anchor make the same plant (1)
              --bind ADDRESS       address to listen on (127.0.0.1)
              --help               this text

            Example: java -jar plant-simulator.jar --data .energy-audit/plant --history-months 2
            """;

    /** The command line was not understood; the message says what to change. */
    static final class WrongUse extends Exception {
        WrongUse(String message) {
            super(message);
        }
    }

    static Options parse(List<String> arguments) throws WrongUse {
        Path data = Path.of("");
        String bind = "127.0.0.1";
        long port = 15020;
        long controlPort = 15090;
        long months = 13;
        long seed = 1;
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (i + 1 == arguments.size()) {
                throw new WrongUse("Option " + name + " has no value; see --help");
            }
            String value = arguments.get(i + 1);
            switch (name) {
                case "--data" -> data = Path.of(value);
                case "--bind" -> bind = value;
                case "--port" -> port = number(name, value, 1, 65_000);
                case "--control-port" -> controlPort = number(name, value, 1, 65_535);
                case "--history-months" -> months = number(name, value, 0, 24);
                case "--seed" -> seed = number(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
                default -> throw new WrongUse("Option " + name + " is not known; see --help");
            }
        }
        if (data.toString().isEmpty()) {
            throw new WrongUse("Option --data is missing: name a folder for the plant's files");
        }
        return new Options(data, bind, (int) port, (int) controlPort, (int) months, seed);
    }

    private static long number(String name, String value, long least, long most) throws WrongUse {
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new WrongUse("Option " + name + " takes a whole number, not " + value);
        }
        if (number < least || number > most) {
            throw new WrongUse("Option " + name + " takes " + least + " to " + most + ", not " + value);
        }
        return number;
    }
}
