package energy.audit.stack;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/** An installation in a folder of the test, on ports that no other test uses. */
final class TestInstallation {
    static final int PORT_OFFSET = 3_300;

    private TestInstallation() {}

    static Installation in(Path folder) {
        return in(folder, PORT_OFFSET);
    }

    static Installation in(Path folder, int portOffset) {
        Installation installation = Installation.open(
                new Layout(Layout.findHome(), folder), new Ports(portOffset), new SecureRandom(), Clock.systemUTC());
        new Keys(installation, new SecureRandom(), Clock.systemUTC()).ensure();
        return installation;
    }
}
