package energy.audit.stack;

import java.util.List;

/** Brings the database to the current schema, as its owner, before anything uses it. */
final class Migrations implements Step {
    static final String NAME = "migrations";

    private final Installation installation;

    Migrations(Installation installation) {
        this.installation = installation;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> after() {
        return List.of(Postgres.NAME);
    }

    @Override
    public void start() {}

    @Override
    public String ready() {
        return "Database schema is current";
    }
}
