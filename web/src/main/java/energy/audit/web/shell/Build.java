package energy.audit.web.shell;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Names this deployment in the addresses of scripts and styles, so that browsers may keep them for long. */
@ApplicationScoped
public class Build {
    private final String id;

    @Inject
    public Build(Clock clock) {
        this.id = Long.toString(clock.instant().getEpochSecond(), Character.MAX_RADIX);
    }

    public String id() {
        return id;
    }
}
