package energy.audit.report;

import energy.audit.kernel.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Path;

/** Reads the report key from where the server's system property says. */
@ApplicationScoped
class ReportKeySource {
    @Produces
    ReportKey reportKey() {
        String directory = System.getProperty(ReportKey.DIRECTORY_PROPERTY, "");
        if (directory.isBlank()) {
            throw new Fault(
                    "NOT_CONFIGURED",
                    "system property " + ReportKey.DIRECTORY_PROPERTY,
                    "it is not set",
                    "Start the server with -D" + ReportKey.DIRECTORY_PROPERTY + "=…",
                    null);
        }
        return ReportKey.read(Path.of(directory));
    }
}
