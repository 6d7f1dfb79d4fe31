package energy.audit.stack;

import java.io.PrintStream;
import java.util.Locale;

/** One line for each step, with the seconds since the start: {@code [ 3.2 s] PostgreSQL 17.5 ready …}. */
final class Progress {
    private final PrintStream out;
    private final long began = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    synchronized void say(String line) {
        double seconds = (System.nanoTime() - began) / 1e9;
        out.println(String.format(Locale.ROOT, "[%5.1f s] %s", seconds, line));
        out.flush();
    }

    synchronized void plain(String line) {
        out.println(line);
        out.flush();
    }
}
