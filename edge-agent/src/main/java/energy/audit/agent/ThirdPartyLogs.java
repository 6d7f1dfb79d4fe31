package energy.audit.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Where libraries log: never on standard output, which carries results; warnings in {@code logs/library.log}. */
final class ThirdPartyLogs {
    private ThirdPartyLogs() {}

    static void silence() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.setLevel(Level.WARNING);
    }

    static void into(Path logs) throws IOException {
        silence();
        Files.createDirectories(logs);
        FileHandler file = new FileHandler(logs.resolve("library.log").toString(), 1 << 20, 1, true);
        file.setFormatter(new SimpleFormatter());
        file.setEncoding("UTF-8");
        Logger.getLogger("").addHandler(file);
    }
}
