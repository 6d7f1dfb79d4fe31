package energy.audit.stack;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One program of the stack: how it starts, how it is, how it ends. */
abstract class Part implements Step {
    private final String name;
    private final String title;
    private final OptionalInt port;

    protected Part(String name, String title, OptionalInt port) {
        this.name = name;
        this.title = title;
        this.port = port;
    }

    /** Short name in logs, state and commands, such as {@code postgres}. */
    @Override
    public final String name() {
        return name;
    }

    /** Name for people, with version, such as {@code PostgreSQL 17.5}. */
    final String title() {
        return title;
    }

    final OptionalInt port() {
        return port;
    }

    @Override
    public List<String> after() {
        return List.of();
    }

    abstract void stop();

    /** Its process, while there is one. */
    abstract Optional<Child> child();

    /** Whether a dead process is started again without asking. */
    boolean restarts() {
        return false;
    }

    @Override
    public String ready() {
        return title + " ready" + (port.isPresent() ? " on 127.0.0.1:" + port.getAsInt() : "");
    }
}
