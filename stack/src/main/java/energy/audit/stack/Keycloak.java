package energy.audit.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Keycloak with the realm of the demo, on its own small database in the data folder. */
final class Keycloak extends Part {
    static final String NAME = "keycloak";
    static final String ADMIN_SECRET = "keycloak.admin.password";

    private static final int EXIT_AFTER_AUGMENTATION = 10;

    private final Installation installation;
    private @Nullable Child child;

    Keycloak(Installation installation) {
        super(NAME, "Keycloak 26.7.3", OptionalInt.of(installation.ports().keycloak()));
        this.installation = installation;
    }

    static URI base(Ports ports) {
        return URI.create("http://localhost:" + ports.keycloak());
    }

    static URI realm(Ports ports) {
        return base(ports).resolve("/realms/energy-audit");
    }

    static URI tokenUrl(Ports ports) {
        return URI.create(realm(ports) + "/protocol/openid-connect/token");
    }

    @Override
    public void start() throws InterruptedException {
        Layout layout = installation.layout();
        Path home = layout.keycloak();
        Path dist = Servers.folder(layout, "keycloak-");
        Path augmented = layout.servers().resolve(dist.getFileName().toString().replace("keycloak-", "augmented-"));
        boolean known = Files.isDirectory(home.resolve("data/h2"));
        try {
            prepare(dist, home, Files.isDirectory(augmented) ? augmented : dist.resolve("lib/quarkus"));
        } catch (IOException e) {
            throw new StackFailure(title(), "cannot prepare " + home, "See the cause: " + e, e);
        }
        child = launch(false);
        awaitRealmOrExit(child);
        if (!child.alive() && child.exitCode() == EXIT_AFTER_AUGMENTATION) {
            child.stop(Duration.ZERO);
            keep(home.resolve("lib/quarkus"), augmented);
            child = launch(true);
            awaitRealmOrExit(child);
        }
        Readiness.await(title(), child, Duration.ofSeconds(120), this::realmAnswers);
        if (known) {
            KeycloakAdmin.of(installation).redirects("portal", redirects());
        }
    }

    private void awaitRealmOrExit(Child started) throws InterruptedException {
        Readiness.await(
                title(),
                started,
                Duration.ofSeconds(240),
                () -> !started.alive() && started.exitCode() == EXIT_AFTER_AUGMENTATION || realmAnswers());
    }

    /** A home of its own with links to the big read-only folders, so that stacks do not disturb each other. */
    private void prepare(Path dist, Path home, Path quarkus) throws IOException {
        Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(home.resolve("providers"));
        Files.createDirectories(home.resolve("data/import"));
        for (String linked : List.of("lib/lib", "lib/app", "themes")) {
            Path link = home.resolve(linked);
            Path target = dist.resolve(linked);
            if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(target)) {
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, target);
                Archive.delete(home.resolve("lib/quarkus"));
            }
        }
        if (!Files.isDirectory(home.resolve("lib/quarkus"))) {
            Archive.copy(quarkus, home.resolve("lib/quarkus"));
        }
        Files.copy(
                dist.resolve("lib/quarkus-run.jar"),
                home.resolve("lib/quarkus-run.jar"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        Archive.copy(dist.resolve("conf"), home.resolve("conf"));
        Layout.writePrivate(home.resolve("data/import/energy-audit-realm.json"), realmFile());
    }

    private String realmFile() throws IOException {
        return Files.readString(installation.layout().config("keycloak/energy-audit-realm.json"))
                .replace("@PORTAL_SECRET@", installation.secrets().of("oidc.portal.secret"))
                .replace("@CLI_SECRET@", installation.secrets().of("oidc.cli.secret"))
                .replace("@REDIRECT_URIS@", redirects().toString());
    }

    private ArrayNode redirects() {
        Ports ports = installation.ports();
        return new ObjectMapper()
                .createArrayNode()
                .add("http://localhost:" + ports.http() + "/*")
                .add("https://localhost:" + ports.https() + "/*")
                .add("http://127.0.0.1:" + ports.http() + "/*")
                .add("https://127.0.0.1:" + ports.https() + "/*");
    }

    private Child launch(boolean built) {
        Path home = installation.layout().keycloak();
        Ports ports = installation.ports();
        List<String> command = Child.java(
                "-Xms64m",
                "-Xmx384m",
                "-XX:MetaspaceSize=96M",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Duser.language=en",
                "-Duser.country=US",
                "-Djdk.tls.rejectClientInitiatedRenegotiation=true",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-Dkc.config.built=" + built,
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + ports.keycloak(),
                "--hostname=" + base(ports),
                "--import-realm");
        if (!built) {
            command.remove("-Dkc.config.built=false");
        }
        return Child.start(
                installation.layout(),
                Child.Launch.of(NAME, command, home)
                        .with(Map.of(
                                "KC_BOOTSTRAP_ADMIN_USERNAME",
                                KeycloakAdmin.USER,
                                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                                installation.secrets().of(ADMIN_SECRET))));
    }

    /** Keeps the augmented server, so that the next new data folder need not wait for it. */
    private static void keep(Path built, Path augmented) {
        if (!Files.isWritable(augmented.getParent())) {
            return;
        }
        Path growing = augmented.resolveSibling(augmented.getFileName() + ".growing");
        try {
            Archive.delete(growing);
            Archive.copy(built, growing);
            Archive.delete(augmented);
            Files.move(growing, augmented, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackFailure(
                    "Keycloak", "cannot keep its augmentation in " + augmented, "See the cause: " + e, e);
        }
    }

    private boolean realmAnswers() {
        return Rest.answers(URI.create("http://127.0.0.1:"
                + installation.ports().keycloak() + "/realms/energy-audit/.well-known/openid-configuration"));
    }

    @Override
    void stop() {
        if (child != null) {
            child.stop(Duration.ofSeconds(20));
        }
    }

    @Override
    Optional<Child> child() {
        return Optional.ofNullable(child);
    }
}
