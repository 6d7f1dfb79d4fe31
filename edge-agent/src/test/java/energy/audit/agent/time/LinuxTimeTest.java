package energy.audit.agent.time;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.agent.SetClock;
import energy.audit.agent.time.ClockCondition.Leap;
import energy.audit.agent.time.ClockCondition.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs that set clocks show of themselves; their outputs are written as their manuals describe them. */
class LinuxTimeTest {
    private static final String TRACKING =
            "A29FC87B,time.example,3,1764000000.123,0.000012000,-0.000003,0.000021,-12.3,-0.001,0.02,0.0120,0.0015,64.3,";

    @TempDir
    Path root;

    private final SetClock clock = new SetClock("2026-03-01T10:00:00Z");

    @Test
    void chronysBoundIsOffsetPlusDispersionPlusHalfTheDelay() {
        assertThat(LinuxTime.ofChrony(TRACKING + "Normal\n"))
                .isEqualTo(new ClockCondition(State.SYNCHRONISED, 8, Leap.NONE, "chrony"));
        assertThat(LinuxTime.ofChrony(TRACKING + "Insert second").leap()).isEqualTo(Leap.INSERTED);
        assertThat(LinuxTime.ofChrony(TRACKING + "Delete second").leap()).isEqualTo(Leap.LEFT_OUT);
        assertThat(LinuxTime.ofChrony(TRACKING + "Not synchronised").state()).isEqualTo(State.WAITING);
        assertThat(LinuxTime.ofChrony("506 Cannot talk to daemon").state()).isEqualTo(State.UNDISCIPLINED);
    }

    @Test
    void chronyIsAskedWhereItRuns() throws Exception {
        Files.createDirectories(root.resolve("run/chrony"));
        Files.createFile(root.resolve("run/chrony/chronyd.pid"));
        LinuxTime time = new LinuxTime(root, command -> Optional.of(TRACKING + "Normal"), clock);
        assertThat(time.condition().source()).isEqualTo("chrony");
        assertThat(new LinuxTime(root, command -> Optional.empty(), clock)
                        .condition()
                        .state())
                .isEqualTo(State.UNDISCIPLINED);
    }

    @Test
    void timesyncdIsWaitedForUntilItHasSetTheClockAndIsLostWhenItIsNotHeardForLong() throws Exception {
        LinuxTime time = new LinuxTime(root, command -> Optional.empty(), clock);
        assertThat(time.condition()).isEqualTo(ClockCondition.UNKNOWN);
        Path directory = Files.createDirectories(root.resolve("run/systemd/timesync"));
        assertThat(time.condition().state()).isEqualTo(State.WAITING);
        Path mark = Files.createFile(directory.resolve("synchronized"));
        Files.setLastModifiedTime(mark, FileTime.from(clock.instant().minusSeconds(1000)));
        assertThat(time.condition())
                .isEqualTo(new ClockCondition(State.SYNCHRONISED, 5100, Leap.NONE, "systemd-timesyncd"));
        clock.advance(Duration.ofDays(1));
        assertThat(time.condition().state()).isEqualTo(State.UNDISCIPLINED);
        assertThat(time.condition().errorBoundMs()).isEqualTo(5000 + 8740);
    }

    @Test
    void theKernelIsAskedAboutEveryOtherProgram() {
        assertThat(LinuxTime.ofKernel(
                        "         mode: 0\n       offset: 12\n       maxerror: 48500\n       status: 8193\n"))
                .isEqualTo(new ClockCondition(State.SYNCHRONISED, 49, Leap.NONE, "kernel"));
        assertThat(LinuxTime.ofKernel("maxerror: 48500\nstatus: 17\n").leap()).isEqualTo(Leap.INSERTED);
        assertThat(LinuxTime.ofKernel("maxerror: 16000000\nstatus: 64\n")).isEqualTo(ClockCondition.UNKNOWN);
        assertThat(LinuxTime.ofKernel("adjtimex: not permitted")).isEqualTo(ClockCondition.UNKNOWN);
    }

    @Test
    void theRealMachineAnswersAndItsMonotonicClockIsTheSameForAllItsUsers() throws Exception {
        LinuxTime one = new LinuxTime(Clock.systemUTC());
        LinuxTime other = new LinuxTime(Clock.systemUTC());
        assertThat(one.condition().source()).isNotEmpty();
        long before = one.monotonicNanos();
        assertThat(other.monotonicNanos()).isGreaterThanOrEqualTo(before);
        Path bootId = Path.of("/proc/sys/kernel/random/boot_id");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(bootId), "only Linux tells which start of the machine this is");
        assertThat(one.boot()).isEqualTo(other.boot()).isEqualTo(read(bootId));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).trim();
    }
}
