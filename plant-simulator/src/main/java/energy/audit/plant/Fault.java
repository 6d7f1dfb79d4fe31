package energy.audit.plant;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What can be made to go wrong. Each is on record with its times, so that what a register showed stays computable. */
enum Fault {
    SILENT_DEVICE("silent-device", "one meter does not answer (default: main)", Scope.METER, 30),
    REFUSE_CONNECTION("refuse-connection", "the site's Modbus gateway closes its port", Scope.SITE, 30),
    EXCEPTION(
            "exception", "one meter answers with exception 02, illegal data address (default: main)", Scope.METER, 30),
    BAD_VALUE("bad-value", "one meter shows wild counters and gauges at their stops (default: main)", Scope.METER, 30),
    ZERO_GLITCH("zero-glitch", "one meter shows 0 in all registers (default: main)", Scope.METER, 30),
    METER_EXCHANGE(
            "meter-exchange",
            "one meter is replaced by one whose counters begin at 0; until cleared, when the old one comes back",
            Scope.METER,
            0),
    FURNACE_DRIFT("furnace-drift", "furnace-1 draws 15 % more for the same melt; until cleared", Scope.PHYSICS, 0),
    COMPRESSOR_LEAK(
            "compressor-leak", "the compressed-air net loses more, day and night; until cleared", Scope.PHYSICS, 0);

    /** What a fault touches. */
    enum Scope {
        METER,
        SITE,
        PHYSICS
    }

    private final String wireName;
    private final String description;
    private final Scope scope;
    private final Duration usual;

    Fault(String wireName, String description, Scope scope, int usualSeconds) {
        this.wireName = wireName;
        this.description = description;
        this.scope = scope;
        this.usual = Duration.ofSeconds(usualSeconds);
    }

    static Optional<Fault> named(String name) {
        return Arrays.stream(values()).filter(f -> f.wireName.equals(name)).findFirst();
    }

    String wireName() {
        return wireName;
    }

    String description() {
        return description;
    }

    Scope scope() {
        return scope;
    }

    /** How long unless said otherwise; zero: until cleared. */
    Duration usual() {
        return usual;
    }

    /** Whether the site has what this fault breaks. */
    boolean concerns(String site) {
        return switch (this) {
            case FURNACE_DRIFT -> site.equals("foundry-north");
            case COMPRESSOR_LEAK -> !site.equals("cold-store");
            default -> true;
        };
    }
}
