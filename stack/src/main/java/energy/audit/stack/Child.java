package energy.audit.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One process of the stack. It gets a session of its own, so that Ctrl-C reaches the supervisor only, and the kernel
 * signals it when the supervisor dies, even by {@code kill -9}. Its pid is recorded in {@code run/}, so that a later
 * start or {@code down} finds it where the kernel could not help.
 */
final class Child {
    /**
     * The kernel's parent-death signal is bound to the <em>thread</em> that forked, so one thread that lives as long
     * as this program forks them all.
     */
    private static final ExecutorService FORKER = Executors.newSingleThreadExecutor(run -> {
        Thread thread = new Thread(run, "forker");
        thread.setDaemon(true);
        return thread;
    });

    /** Settings for other programs of Java that must not reach ours. */
    static final Set<String> FOREIGN_VARIABLES =
            Set.of("JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH", "JBOSS_HOME", "KC_HTTP_PORT");

    /** How a process is asked to end. */
    enum Ending {
        TERM,
        /** PostgreSQL's fast shutdown: on TERM it would wait for its clients. */
        INT
    }

    /**
     * What to run.
     *
     * @param name of the part, also of its log and pid record
     * @param before words to put in front of everything, such as a change of user
     */
    record Launch(
            String name,
            List<String> before,
            List<String> command,
            Path directory,
            Map<String, String> environment,
            Ending ending) {
        static Launch of(String name, List<String> command, Path directory) {
            return new Launch(name, List.of(), command, directory, Map.of(), Ending.TERM);
        }

        Launch with(Map<String, String> variables) {
            return new Launch(name, before, command, directory, variables, ending);
        }
    }

    private final Launch launch;
    private final Process process;
    private final Path log;
    private final long logStart;
    private final PidRecord record;
    private final Instant since;

    private Child(Launch launch, Process process, Path log, long logStart, PidRecord record, Instant since) {
        this.launch = launch;
        this.process = process;
        this.log = log;
        this.logStart = logStart;
        this.record = record;
        this.since = since;
    }

    static Child start(Layout layout, Launch launch) {
        try {
            Files.createDirectories(layout.logs());
            Files.createDirectories(launch.directory());
            Path log = layout.log(launch.name());
            Logs.rotate(log);
            List<String> words = new ArrayList<>();
            if (Tools.SETSID) {
                words.add("setsid");
            }
            words.addAll(launch.before());
            if (Tools.PARENT_DEATH) {
                words.addAll(List.of("setpriv", "--pdeathsig", launch.ending().name()));
            }
            words.addAll(launch.command());
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(launch.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().keySet().removeAll(FOREIGN_VARIABLES);
            builder.environment().putAll(launch.environment());
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            Process process = FORKER.submit(builder::start).get();
            PidRecord record = PidRecord.write(layout, launch.name(), process.pid(), launch.ending());
            Instant since = process.info().startInstant().orElse(Instant.EPOCH);
            return new Child(launch, process, log, logStart, record, since);
        } catch (IOException | ExecutionException e) {
            throw new StackFailure(
                    launch.name(), "cannot start " + launch.command().get(0), "See the cause: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure(launch.name(), "interrupted while starting", "Start again", e);
        }
    }

    /** Starts a program of Java, with the same JDK that runs this program. */
    static List<String> java(String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of(arguments));
        return words;
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    Instant since() {
        return since;
    }

    int exitCode() {
        return process.exitValue();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    Path log() {
        return log;
    }

    /** Asks the process to end, and ends it by force after that time. */
    void stop(Duration patience) {
        if (process.isAlive()) {
            Signals.send(process.pid(), launch.ending());
            try {
                process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                process.destroyForcibly();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        record.delete();
    }

    /** Whether one of its lines so far begins with that word. */
    boolean said(String word) {
        return Logs.since(log, logStart).lines().anyMatch(line -> line.startsWith(word));
    }

    /** The last lines of its log, for an error message. */
    String logTail(int lines) {
        return Logs.tail(log, lines);
    }
}
