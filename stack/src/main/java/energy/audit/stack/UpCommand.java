package energy.audit.stack;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code up}: starts everything; stays in the foreground, or with {@code --detach} returns when all is ready. */
@Command(
        name = "up",
        description = {
            "Starts PostgreSQL, broker, Keycloak, WildFly with the portal, the plant simulator and the edge agents.",
            "Everything listens on 127.0.0.1 only. Ctrl-C stops it all; the data stays."
        },
        footer = {"", "Example: ./energy-audit up --detach --port-offset 1000"})
final class UpCommand implements Callable<Integer> {
    /** By this a detached start knows that the supervisor has said everything. */
    static final String END_OF_WELCOME = "  Stop it with: ./energy-audit down";

    private static final Duration HISTORY_NEWS = Duration.ofSeconds(15);

    @Mixin
    private DataOption where = new DataOption();

    @Option(names = "--detach", description = "Returns as soon as everything is ready; end it with 'down'.")
    private boolean detach;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Added to every port, 0 to 3900. Default: 0.")
    private int portOffset;

    @Option(names = "--fresh", description = "Deletes this installation's data first.")
    private boolean fresh;

    @Option(
            names = "--history-months",
            paramLabel = "N",
            defaultValue = "13",
            description = "Months of measured history that a new demo plant has. Default: 13.")
    private int historyMonths;

    @Option(names = "--only", split = ",", hidden = true, description = "Starts these parts only (for development).")
    private Set<String> only = Set.of();

    @Override
    public Integer call() throws InterruptedException {
        Layout layout = where.layout();
        StackOptions options = new StackOptions(layout.home(), layout.data(), portOffset, fresh, historyMonths, only);
        if (detach) {
            return new Detached(layout).start(arguments(options));
        }
        RunningStack stack = RunningStack.start(options, System.out);
        Progress progress = stack.progress();
        welcome(stack, progress);
        watchHistory(stack, progress);
        new CountDownLatch(1).await();
        return 0;
    }

    private List<String> arguments(StackOptions options) {
        java.util.ArrayList<String> arguments = new java.util.ArrayList<>(List.of(
                "up",
                "--data",
                options.data().toString(),
                "--port-offset",
                Integer.toString(portOffset),
                "--history-months",
                Integer.toString(historyMonths)));
        if (fresh) {
            arguments.add("--fresh");
        }
        if (!only.isEmpty()) {
            arguments.add("--only");
            arguments.add(String.join(",", only));
        }
        return arguments;
    }

    private static void welcome(RunningStack stack, Progress progress) {
        progress.plain("");
        progress.plain("Ready: " + stack.portal());
        progress.plain("  Sign in with the password 'demo' as one of:");
        for (Demo.Person person : Demo.people()) {
            progress.plain(String.format("    %-6s %s", person.name(), person.who()));
        }
        progress.plain("  TLS 1.3 beside it: https://localhost:" + stack.ports().https() + "/ (self-signed)   Logs: "
                + stack.data().resolve("logs"));
        progress.plain(END_OF_WELCOME + " (or Ctrl-C, if it runs in the foreground)");
        progress.plain("");
    }

    private static void watchHistory(RunningStack stack, Progress progress) throws InterruptedException {
        long shown = -1;
        while (!stack.historyComplete()) {
            long done = 0;
            long total = 0;
            for (HistoryLogger.Progress p : stack.history()) {
                done += p.complete() ? p.total() : p.done();
                total += p.total();
            }
            if (total > 0 && done != shown) {
                progress.say("History: " + done + " of " + total + " site days imported");
                shown = done;
            }
            TimeUnit.MILLISECONDS.sleep(HISTORY_NEWS.toMillis());
        }
    }
}
