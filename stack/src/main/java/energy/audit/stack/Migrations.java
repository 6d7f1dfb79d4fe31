package energy.audit.stack;

import energy.audit.db.Migration;
import energy.audit.db.MigrationRefused;
import java.util.List;

/** Brings the database to the current schema, as its owner, before anything uses it. */
final class Migrations implements Step {
    static final String NAME = "migrations";

    private final Installation installation;
    private String said = "Database schema";

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
    public void start() {
        try {
            Migration.Outcome outcome = Migration.migrate(
                    Postgres.url(installation.ports()),
                    Postgres.OWNER,
                    installation.secrets().of("db.owner.password"));
            said = "Database schema " + outcome.schemaVersion()
                    + (outcome.applied().isEmpty()
                            ? " is current"
                            : ", " + outcome.applied().size() + " migrations applied");
        } catch (MigrationRefused e) {
            throw new StackFailure(
                    "Database schema", "cannot be brought up to date", String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public String ready() {
        return said;
    }
}
