package energy.audit.tenancy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The one place where the backend's time comes from; whoever needs it has a {@link Clock} injected. */
@ApplicationScoped
class ClockSource {
    @Produces
    Clock clock() {
        return Clock.systemUTC();
    }
}
