package energy.audit.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole stack that this process supervises: what {@code ./energy-audit up} runs, and what tests start.
 *
 * <pre>{@code
 * try (RunningStack stack = RunningStack.start(StackOptions.of(home, data).withPortOffset(2000), System.out)) {
 *     http.get(stack.portal());
 * }
 * }</pre>
 */
public final class RunningStack implements AutoCloseable {
    private final Installation installation;
    private final Supervisor supervisor;
    private final StackState state;
    private final List<HistoryLogger> loggers;
    private final Progress progress;
    private final FileChannel lockChannel;
    private boolean closed;

    private RunningStack(
            Installation installation,
            Supervisor supervisor,
            StackState state,
            List<HistoryLogger> loggers,
            Progress progress,
            FileChannel lockChannel) {
        this.installation = installation;
        this.supervisor = supervisor;
        this.state = state;
        this.loggers = loggers;
        this.progress = progress;
        this.lockChannel = lockChannel;
    }

    /**
     * Starts everything and returns when the portal can be used; the history import then goes on in the background.
     * When this process ends, even by force, the stack ends with it.
     *
     * @param out where the progress lines go
     * @throws StackFailure when something is in the way; nothing of the stack runs then
     */
    public static RunningStack start(StackOptions options, PrintStream out) {
        Programs.loadAll();
        Progress progress = new Progress(out);
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        Layout layout = new Layout(options.home(), options.data());
        Ports ports = new Ports(options.portOffset());
        Demo demo = Demo.standard();
        refuseSecond(layout);
        Leftovers.end(layout, progress);
        new Preflight(layout, ports, demo.sites().size()).check();
        if (options.fresh()) {
            Installation.erase(layout);
        }
        Installation installation = Installation.open(layout, ports, random, clock);
        FileChannel lock = lock(layout);
        progress.say("Installation " + installation.id() + " in " + layout.data());
        Keys keys = new Keys(installation, random, clock);
        keys.ensure();
        Provisioning.writeCliProperties(installation);
        StackState state = new StackState(layout, ports.offset(), clock);
        Supervisor supervisor = new Supervisor(progress, state);
        List<HistoryLogger> loggers = new ArrayList<>();
        for (Demo.Agent agent : demo.agents()) {
            if (agent.history()) {
                loggers.add(new HistoryLogger(
                        installation,
                        agent,
                        agent.site().equals(DemoIndicator.SITE)
                                ? Optional.of(new DemoIndicator(installation, clock))
                                : Optional.empty()));
            }
        }
        RunningStack stack = new RunningStack(installation, supervisor, state, loggers, progress, lock);
        Thread hook = new Thread(stack::close, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            supervisor.startAll(wanted(options, steps(installation, demo, keys, options, clock)));
            state.ready(true);
            if (options.only().isEmpty()) {
                stack.importHistory();
            }
            return stack;
        } catch (StackFailure e) {
            stack.close();
            throw e;
        }
    }

    private static List<Step> steps(
            Installation installation, Demo demo, Keys keys, StackOptions options, Clock clock) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Postgres(installation));
        steps.add(new Migrations(installation));
        steps.add(new WildFlySetup(installation));
        steps.add(new Broker(installation, demo));
        steps.add(new Keycloak(installation));
        steps.add(new Simulator(installation, options.historyMonths()));
        steps.add(new AgentKeys(installation, demo, keys));
        steps.add(new WildFly(installation));
        steps.add(new Provisioning(installation, demo, keys, clock));
        for (Demo.Agent agent : demo.agents()) {
            if (!agent.history()) {
                steps.add(new EdgeAgent(installation, agent));
            }
        }
        return steps;
    }

    private static List<Step> wanted(StackOptions options, List<Step> steps) {
        if (options.only().isEmpty()) {
            return steps;
        }
        List<Step> wanted = new ArrayList<>(steps);
        wanted.removeIf(step -> !options.only().contains(step.name()));
        return wanted;
    }

    private void importHistory() {
        List<HistoryLogger> open = new ArrayList<>(loggers);
        open.removeIf(HistoryLogger::complete);
        if (!open.isEmpty()) {
            supervisor.startAll(open);
        }
    }

    private static void refuseSecond(Layout layout) {
        StackState.supervisor(layout).ifPresent(other -> {
            throw new StackFailure(
                    "data folder " + layout.data(),
                    "a stack runs on it already (process " + other.pid() + ")",
                    "See './energy-audit status', end it with './energy-audit down', or give another --data");
        });
    }

    private static FileChannel lock(Layout layout) {
        Path file = layout.run().resolve("lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StackFailure(
                        "data folder " + layout.data(),
                        "another stack is starting on it right now",
                        "Wait for it, or give another --data");
            }
            return channel;
        } catch (IOException e) {
            throw new StackFailure(file.toString(), "cannot be locked", "See the cause: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The portal's address, with a slash at its end. */
    public URI portal() {
        return WildFly.portal(installation.ports());
    }

    /** The root of the REST interface, without a slash at its end. */
    public URI api() {
        return URI.create(portal() + "api/v1");
    }

    /** OpenID token endpoint of the demo's realm. */
    public URI tokenUrl() {
        return Keycloak.tokenUrl(installation.ports());
    }

    /** Client secret of the service account {@code cli}. */
    public String cliSecret() {
        return installation.secrets().of("oidc.cli.secret");
    }

    /** Client secret of {@code portal}, with which tests get a person's token by password. */
    public String portalSecret() {
        return installation.secrets().of("oidc.portal.secret");
    }

    /** JDBC address of the database. */
    public String databaseUrl() {
        return Postgres.url(installation.ports());
    }

    /** Password of the role {@code energy_audit_app} or {@code energy_audit_owner}. */
    public String databasePassword(String role) {
        return installation.secrets().of(Postgres.OWNER.equals(role) ? "db.owner.password" : "db.app.password");
    }

    public Ports ports() {
        return installation.ports();
    }

    /** The data folder, with {@code trust.json} and {@code run/cli.properties}. */
    public Path data() {
        return installation.layout().data();
    }

    /** Whether every site's history has been imported and receipted. */
    public boolean historyComplete() {
        return loggers.stream().allMatch(HistoryLogger::complete);
    }

    List<HistoryLogger.Progress> history() {
        return loggers.stream().map(HistoryLogger::progress).toList();
    }

    Progress progress() {
        return progress;
    }

    /** Stops everything in reverse order and returns when no process is left. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        supervisor.stopAll();
        Leftovers.end(installation.layout(), progress);
        try {
            lockChannel.close();
            Files.deleteIfExists(installation.layout().run().resolve("lock"));
        } catch (IOException e) {
            progress.say("cannot release the lock of " + installation.layout().data() + ": " + e.getMessage());
        }
    }

    /** How long {@link #close()} takes at most on a sound machine. */
    static Duration longestStop() {
        return Duration.ofSeconds(90);
    }
}
