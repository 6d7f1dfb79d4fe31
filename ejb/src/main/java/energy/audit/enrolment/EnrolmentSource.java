package energy.audit.enrolment;

import energy.audit.kernel.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Path;

/** Reads the agent authority and the addresses from where the server's system properties say. */
@ApplicationScoped
class EnrolmentSource {
    @Produces
    AgentAuthority authority() {
        return AgentAuthority.read(keys());
    }

    @Produces
    Reach reach() {
        return Reach.of(required(Reach.PORTAL_PROPERTY), required(Reach.BROKER_PROPERTY), keys());
    }

    private static Path keys() {
        return Path.of(required(AgentAuthority.DIRECTORY_PROPERTY));
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
