package energy.audit.log;

import energy.audit.kernel.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Path;

/** Reads the log's key from where the server's system properties say. */
@ApplicationScoped
class LogKeySource {
    @Produces
    LogKey logKey() {
        return LogKey.read(Path.of(required(LogKey.DIRECTORY_PROPERTY)), required(LogKey.INSTALLATION_PROPERTY));
    }

    private static String required(String property) {
        String value = System.getProperty(property, "");
        if (value.isBlank()) {
            throw new Fault(
                    "NOT_CONFIGURED",
                    "system property " + property,
                    "it is not set",
                    "Start the server with -D" + property + "=…",
                    null);
        }
        return value;
    }
}
