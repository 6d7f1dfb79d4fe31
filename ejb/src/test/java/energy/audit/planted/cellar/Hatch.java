package energy.audit.planted.cellar;

import jakarta.transaction.Transactional;
import java.time.Instant;

/** A second door, with a clock and a transaction of its own. */
@Transactional
public class Hatch {
    public Instant time() {
        return Instant.now();
    }
}
