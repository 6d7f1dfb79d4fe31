package energy.audit.stack;

import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rotate-secrets}: new passwords everywhere but for the people, whose own they are. */
@Command(
        name = "rotate-secrets",
        description = {
            "Gives database, broker, agents, Keycloak's administrator and the clients new passwords.",
            "The stack must be down; agents and portal get theirs with the next 'up'. Signing keys stay."
        },
        footer = {"", "Example: ./energy-audit down && ./energy-audit rotate-secrets && ./energy-audit up"})
final class RotateSecretsCommand implements Callable<Integer> {
    @Mixin
    private DataOption where = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        Layout layout = where.layout();
        Progress progress = new Progress(System.out);
        if (!Files.isRegularFile(layout.marker())) {
            throw new StackFailure(
                    "data folder " + layout.data(),
                    "holds no installation",
                    "Name one with --data, or start with 'up'");
        }
        if (StackState.supervisor(layout).isPresent()) {
            throw new StackFailure(
                    "data folder " + layout.data(), "its stack runs", "End it first: ./energy-audit down");
        }
        Leftovers.end(layout, progress);
        int offset = StackState.read(layout)
                .map(state -> state.path("portOffset").asInt())
                .orElse(0);
        Installation installation = Installation.open(layout, new Ports(offset), new SecureRandom(), Clock.systemUTC());
        if (Files.exists(layout.pg().resolve("data/PG_VERSION"))) {
            rotateDatabase(installation);
            progress.say("PostgreSQL: new passwords for postgres, " + Postgres.OWNER + " and " + Postgres.APP);
        }
        if (Files.isDirectory(layout.keycloak().resolve("data/h2"))) {
            rotateKeycloak(installation);
            progress.say("Keycloak: new password for its administrator, new secrets for the clients portal and cli");
        }
        int users = 0;
        for (String name : installation.secrets().names()) {
            if (name.startsWith("broker.")) {
                installation.secrets().replace(name, installation.secrets().invent());
                users++;
            }
        }
        progress.say("Broker: new passwords for " + users + " users, in force with the next 'up'");
        return 0;
    }

    private static void rotateDatabase(Installation installation) throws InterruptedException {
        Postgres postgres = new Postgres(installation);
        try {
            postgres.start();
            postgres.rotatePasswords();
        } finally {
            postgres.stop();
        }
    }

    private static void rotateKeycloak(Installation installation) throws InterruptedException {
        Keycloak keycloak = new Keycloak(installation);
        Secrets secrets = installation.secrets();
        try {
            keycloak.start();
            KeycloakAdmin admin = KeycloakAdmin.of(installation);
            for (String client : new String[] {"portal", "cli"}) {
                String secret = secrets.invent();
                admin.clientSecret(client, secret);
                secrets.replace("oidc." + client + ".secret", secret);
            }
            String password = secrets.invent();
            admin.ownPassword(password);
            secrets.replace(Keycloak.ADMIN_SECRET, password);
        } finally {
            keycloak.stop();
        }
    }
}
