package energy.audit.agent.poll;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Whether somebody disciplines this machine's clock, and how far it may be off.
 *
 * @param errorBoundMs 0 with {@code synchronised} false means: unknown
 * @param source what said so, for people
 */
public record ClockCondition(boolean synchronised, int errorBoundMs, String source) {
    /** Nobody can tell. */
    public static final ClockCondition UNKNOWN = new ClockCondition(false, 0, "unknown");

    private static final Path TIMESYNCD_MARK = Path.of("/run/systemd/timesync/synchronized");
    /** systemd-timesyncd accepts no server further away than this (RootDistanceMaxSec, default). */
    private static final int TIMESYNCD_BOUND_MS = 5000;

    /** Asks the machine: chrony if it runs, else systemd-timesyncd's mark. Takes at most two seconds. */
    public static ClockCondition ofThisMachine() throws InterruptedException {
        if (Files.exists(Path.of("/run/chrony/chronyd.pid")) || Files.exists(Path.of("/run/chrony/chronyd.sock"))) {
            ClockCondition chrony = askChrony();
            if (chrony.synchronised()) {
                return chrony;
            }
        }
        return Files.exists(TIMESYNCD_MARK)
                ? new ClockCondition(true, TIMESYNCD_BOUND_MS, "systemd-timesyncd")
                : UNKNOWN;
    }

    private static ClockCondition askChrony() throws InterruptedException {
        try {
            Process chronyc = new ProcessBuilder("chronyc", "-c", "tracking")
                    .redirectErrorStream(true)
                    .start();
            if (!chronyc.waitFor(2, TimeUnit.SECONDS)) {
                chronyc.destroyForcibly();
                return UNKNOWN;
            }
            return ofChrony(new String(chronyc.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new ClockCondition(false, 0, "chronyc cannot be run: " + e.getMessage());
        }
    }

    /**
     * Reads {@code chronyc -c tracking}: 14 comma-separated fields, of which 5 is the offset, 11 the root delay, 12 the root
     * dispersion (seconds) and 14 the leap status (chronyc(1), tracking). Bound = |offset| + dispersion + delay / 2.
     */
    static ClockCondition ofChrony(String line) {
        String[] fields = line.trim().split(",");
        if (fields.length < 14 || fields[13].toLowerCase(Locale.ROOT).contains("not synch")) {
            return UNKNOWN;
        }
        try {
            double bound = Math.abs(Double.parseDouble(fields[4]))
                    + Double.parseDouble(fields[11])
                    + Double.parseDouble(fields[10]) / 2;
            return new ClockCondition(true, (int) Math.ceil(bound * 1000), "chrony");
        } catch (NumberFormatException e) {
            return new ClockCondition(false, 0, "chronyc said something else: " + line.trim());
        }
    }
}
