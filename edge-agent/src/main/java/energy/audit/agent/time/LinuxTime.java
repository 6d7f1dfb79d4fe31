package energy.audit.agent.time;

import energy.audit.agent.time.ClockCondition.Leap;
import energy.audit.agent.time.ClockCondition.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Asks chrony if it runs, else systemd-timesyncd by its marks, else the kernel through {@code adjtimex --print} where that
 * is installed, which knows of every other program (ntpd, ptp4l). Elsewhere than on Linux nobody can be asked.
 */
public final class LinuxTime implements MachineTime {
    /** systemd-timesyncd accepts no server further away than this (RootDistanceMaxSec, default). */
    private static final double TIMESYNCD_BOUND_SECONDS = 5;
    /** timesyncd asks every 2,048 s at most (PollIntervalMaxSec, default); after three times that it has lost its server. */
    private static final Duration TIMESYNCD_LOST = Duration.ofSeconds(3 * 2048);
    /** Status bits of adjtimex(2). */
    private static final int STA_INS = 0x10;

    private static final int STA_DEL = 0x20;
    private static final int STA_UNSYNC = 0x40;

    /** What a program prints. */
    interface Asking {
        /** Empty if there is no such program, or it fails or takes too long. */
        Optional<String> output(String... command) throws InterruptedException;
    }

    private final Path root;
    private final Asking asking;
    private final Clock clock;
    private final String boot;

    public LinuxTime(Clock clock) {
        this(Path.of("/"), LinuxTime::run, clock);
    }

    LinuxTime(Path root, Asking asking, Clock clock) {
        this.root = root;
        this.asking = asking;
        this.clock = clock;
        this.boot = bootOf(root);
    }

    private static String bootOf(Path root) {
        try {
            return Files.readString(root.resolve("proc/sys/kernel/random/boot_id"))
                    .trim();
        } catch (IOException e) {
            return UUID.randomUUID().toString(); // not Linux: each start of the agent is taken for one of the machine
        }
    }

    private static Optional<String> run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it is not installed
        }
    }

    @Override
    public ClockCondition condition() throws InterruptedException {
        boolean chrony = Files.exists(root.resolve("run/chrony/chronyd.pid"))
                || Files.exists(root.resolve("run/chrony/chronyd.sock"));
        if (chrony) {
            return asking.output("chronyc", "-c", "tracking")
                    .map(LinuxTime::ofChrony)
                    .orElse(new ClockCondition(State.UNDISCIPLINED, 0, Leap.NONE, "chronyc does not answer"));
        }
        Path timesync = root.resolve("run/systemd/timesync");
        if (Files.isDirectory(timesync)) {
            return ofTimesyncd(timesync.resolve("synchronized"));
        }
        return asking.output("adjtimex", "--print").map(LinuxTime::ofKernel).orElse(ClockCondition.UNKNOWN);
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime(); // CLOCK_MONOTONIC on Linux
    }

    @Override
    public String boot() {
        return boot;
    }

    /** The mark is touched at each answer of a server. */
    private ClockCondition ofTimesyncd(Path mark) {
        try {
            Duration age = Duration.between(Files.getLastModifiedTime(mark).toInstant(), clock.instant());
            Duration known = age.isNegative() ? Duration.ZERO : age;
            double bound = TIMESYNCD_BOUND_SECONDS + SourceClock.driftMs(known.toMillis()) / 1000.0;
            ClockCondition now = ClockCondition.synchronised(bound, Leap.NONE, "systemd-timesyncd");
            return known.compareTo(TIMESYNCD_LOST) <= 0
                    ? now
                    : new ClockCondition(
                            State.UNDISCIPLINED,
                            now.errorBoundMs(),
                            Leap.NONE,
                            "systemd-timesyncd, without a server for " + known.toHours() + " h");
        } catch (NoSuchFileException e) {
            return new ClockCondition(State.WAITING, 0, Leap.NONE, "systemd-timesyncd, not synchronised yet");
        } catch (IOException e) {
            return new ClockCondition(
                    State.UNDISCIPLINED, 0, Leap.NONE, "systemd-timesyncd's mark is unreadable: " + e);
        }
    }

    /**
     * Reads {@code chronyc -c tracking}: 14 comma-separated fields, of which 5 is the offset, 11 the root delay, 12 the root
     * dispersion (seconds) and 14 the leap status (chronyc(1), tracking). Bound = |offset| + dispersion + delay / 2.
     */
    static ClockCondition ofChrony(String line) {
        String[] fields = line.trim().split(",");
        if (fields.length < 14) {
            return new ClockCondition(State.UNDISCIPLINED, 0, Leap.NONE, "chronyc said something else: " + line.trim());
        }
        String status = fields[13].toLowerCase(Locale.ROOT);
        if (status.contains("not synch")) {
            return new ClockCondition(State.WAITING, 0, Leap.NONE, "chrony, not synchronised yet");
        }
        Leap leap = status.contains("insert") ? Leap.INSERTED : status.contains("delete") ? Leap.LEFT_OUT : Leap.NONE;
        try {
            double bound = Math.abs(Double.parseDouble(fields[4]))
                    + Double.parseDouble(fields[11])
                    + Double.parseDouble(fields[10]) / 2;
            return ClockCondition.synchronised(bound, leap, "chrony");
        } catch (NumberFormatException e) {
            return new ClockCondition(State.UNDISCIPLINED, 0, Leap.NONE, "chronyc said something else: " + line.trim());
        }
    }

    /** Reads {@code adjtimex --print}: lines {@code name: value}, of which {@code status} and {@code maxerror} (us) matter. */
    static ClockCondition ofKernel(String text) {
        long status = -1;
        long maxErrorMicros = -1;
        for (String line : text.split("\n")) {
            String[] parts = line.trim().split("[:\\s]+");
            if (parts.length >= 2 && parts[1].matches("\\d{1,18}")) {
                status = parts[0].equals("status") ? Long.parseLong(parts[1]) : status;
                maxErrorMicros = parts[0].equals("maxerror") ? Long.parseLong(parts[1]) : maxErrorMicros;
            }
        }
        if (status < 0 || maxErrorMicros < 0 || (status & STA_UNSYNC) != 0) {
            return ClockCondition.UNKNOWN;
        }
        Leap leap = (status & STA_INS) != 0 ? Leap.INSERTED : (status & STA_DEL) != 0 ? Leap.LEFT_OUT : Leap.NONE;
        return ClockCondition.synchronised(maxErrorMicros / 1e6, leap, "kernel");
    }
}
