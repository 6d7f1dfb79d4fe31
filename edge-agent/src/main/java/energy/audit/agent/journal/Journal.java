package energy.audit.agent.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The agent's two logs. {@link #service} is about the program (start, configuration, disk, connection), {@link #ingest}
 * about measurements on their way (registers, batches, receipts). A line is
 * {@code 2026-11-23T03:15:50.114Z WARN  CODE key=value …}; an error line is {@code … ERROR ERR CODE key=value …}.
 */
public final class Journal implements Closeable {
    private static final long MAX_BYTES = 8L << 20;
    private static final int PREDECESSORS = 3;

    /** One of the two logs. */
    public final class Log {
        private final RollingFile file;

        private Log(RollingFile file) {
            this.file = file;
        }

        /** @param facts {@code key=value} words; ids always, no secrets, no payloads */
        public void info(LogCode code, String facts) {
            write("INFO  ", code, facts);
        }

        /** Something is missing or late, and the agent goes on by itself. */
        public void warn(LogCode code, String facts) {
            write("WARN  ", code, facts);
        }

        /** Somebody has to look: the line carries {@code ERR} and ends with {@code next=}, what to do. */
        public void error(LogCode code, String facts) {
            write("ERROR ERR ", code, facts.contains("next=") ? facts : facts + " next=" + code.nextStep());
        }

        private void write(String level, LogCode code, String facts) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            String line = now + " " + level + code + (facts.isEmpty() ? "" : " " + facts.replace('\n', ' '));
            try {
                file.line(line);
            } catch (IOException e) {
                // A full disk must not stop the measuring; the console is the last place that may still be read.
                console.println(line + " log_write_failed=" + quoted(e.getMessage()));
            }
        }
    }

    private final Clock clock;
    private final PrintStream console;
    private final Log service;
    private final Log ingest;

    private Journal(Clock clock, PrintStream console, RollingFile service, RollingFile ingest) {
        this.clock = clock;
        this.console = console;
        this.service = new Log(service);
        this.ingest = new Log(ingest);
    }

    /**
     * Opens (and creates) {@code service.log} and {@code ingest.log} in a directory.
     *
     * @param console where a line goes if the disk takes none
     */
    public static Journal in(Path directory, Clock clock, PrintStream console) throws IOException {
        Files.createDirectories(directory);
        return new Journal(
                clock,
                console,
                new RollingFile(directory.resolve("service.log"), MAX_BYTES, PREDECESSORS),
                new RollingFile(directory.resolve("ingest.log"), MAX_BYTES, PREDECESSORS));
    }

    /** The log about the program itself. */
    public Log service() {
        return service;
    }

    /** The log about measurements on their way. */
    public Log ingest() {
        return ingest;
    }

    /** A value with blanks as one word, so that a line stays machine-readable. */
    public static String quoted(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "\"\"" : "\"" + value.replace('"', '\'').replace('\n', ' ') + "\"";
    }

    @Override
    public void close() throws IOException {
        service.file.close();
        ingest.file.close();
    }
}
