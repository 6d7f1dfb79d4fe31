package energy.audit.agent.time;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.agent.SetClock;
import energy.audit.agent.SetMachineTime;
import energy.audit.agent.time.ClockCondition.Leap;
import energy.audit.agent.time.ClockCondition.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SourceClockTest {
    private final SetClock wall = new SetClock("2026-03-01T10:00:00Z");
    private final SetMachineTime time = new SetMachineTime(wall);
    private final SourceClock clock = new SourceClock(time);

    @Test
    void theErrorBoundGrowsWithTheTimeSinceTheSourceWasHeardAndStaysKnownWhenItIsLost() throws Exception {
        time.says(State.SYNCHRONISED, 12, Leap.NONE);
        assertThat(clock.look()).isEqualTo(new ClockTrust(true, 12, 0, false, Leap.NONE, "test"));
        time.pass(Duration.ofMinutes(10));
        assertThat(clock.trust().errorBoundMs())
                .as("100 ppm of ten minutes more")
                .isEqualTo(12 + 60);
        time.says(State.UNDISCIPLINED, 0, Leap.NONE);
        assertThat(clock.look().synchronised()).isFalse();
        time.pass(Duration.ofHours(10));
        assertThat(clock.trust().errorBoundMs()).isEqualTo(12 + 60 + 3600);
        assertThat(clock.trust().sinceSyncMs())
                .isEqualTo(Duration.ofMinutes(610).toMillis());
        time.says(State.SYNCHRONISED, 5, Leap.NONE);
        assertThat(clock.look().errorBoundMs()).isEqualTo(5);
    }

    @Test
    void aClockThatIsSetWhileNobodyVouchesForItHasNoBound() throws Exception {
        time.says(State.SYNCHRONISED, 12, Leap.NONE);
        clock.look();
        time.says(State.UNDISCIPLINED, 0, Leap.NONE);
        clock.look();
        clock.stepped();
        assertThat(clock.trust().errorBoundMs()).isZero();
        assertThat(clock.steps()).isEqualTo(1);
        time.says(State.SYNCHRONISED, 7, Leap.NONE);
        assertThat(clock.look().errorBoundMs()).isEqualTo(7);
    }

    @Test
    void waitingEndsWithTheFirstSynchronisationAndDoesNotComeBack() throws Exception {
        time.says(State.WAITING, 0, Leap.NONE);
        assertThat(clock.look().waiting()).isTrue();
        assertThat(clock.trust().errorBoundMs()).isZero();
        time.says(State.SYNCHRONISED, 7, Leap.NONE);
        assertThat(clock.look().waiting()).isFalse();
        time.says(State.WAITING, 0, Leap.NONE); // chrony was started again
        assertThat(clock.look().waiting()).isFalse();
    }

    @Test
    void aBoundOfAnOldSynchronisationIsKnownWithoutAnyInThisRun() throws Exception {
        time.says(State.UNDISCIPLINED, 9000, Leap.NONE);
        assertThat(clock.look()).isEqualTo(new ClockTrust(false, 9000, 0, false, Leap.NONE, "test"));
        time.pass(Duration.ofSeconds(100));
        assertThat(clock.trust().errorBoundMs()).isEqualTo(9010);
    }

    @Test
    void aClockThatIsSetIsNoticedAlsoInSmallStepsAndSlewingIsNot() {
        ClockWatch watch = new ClockWatch(wall, time::monotonicNanos, Duration.ofMillis(500));
        time.pass(Duration.ofSeconds(10));
        assertThat(watch.step()).isEmpty();
        time.set(Duration.ofMillis(-700));
        assertThat(watch.step()).contains(Duration.ofMillis(-700));
        assertThat(watch.step()).isEmpty();
        int seenAfter = 0;
        for (int i = 1; i <= 60 && seenAfter == 0; i++) {
            time.pass(Duration.ofSeconds(1));
            time.set(Duration.ofMillis(100));
            seenAfter = watch.step().isPresent() ? i : 0;
        }
        assertThat(seenAfter).as("steps of 100 ms, each below the tolerance").isBetween(5, 7);
        for (int i = 0; i < 2 * 24 * 360; i++) { // two days at the kernel's fastest slewing
            time.pass(Duration.ofSeconds(10));
            time.set(Duration.ofMillis(5));
            assertThat(watch.step()).as("look %d", i).isEmpty();
        }
    }
}
