package energy.audit.agent;

import energy.audit.agent.time.ClockCondition;
import energy.audit.agent.time.ClockCondition.Leap;
import energy.audit.agent.time.ClockCondition.State;
import energy.audit.agent.time.MachineTime;
import java.time.Duration;

/** A machine whose clocks a test moves: together as time passes, or the wall clock alone as somebody sets it. */
public final class SetMachineTime implements MachineTime {
    private final SetClock wall;
    private volatile long monotonicNanos = Duration.ofMinutes(3).toNanos();
    private volatile ClockCondition condition = ClockCondition.UNKNOWN;
    private volatile String boot = "first";

    public SetMachineTime(SetClock wall) {
        this.wall = wall;
    }

    /** Time passes. */
    public void pass(Duration time) {
        wall.advance(time);
        monotonicNanos += time.toNanos();
    }

    /** Somebody sets the wall clock. */
    public void set(Duration by) {
        wall.advance(by);
    }

    public void says(State state, int errorBoundMs, Leap leap) {
        condition = new ClockCondition(state, errorBoundMs, leap, "test");
    }

    /** The machine is switched off and on; the wall clock goes on by this much, or is wherever a test sets it. */
    public void restarted(String as) {
        boot = as;
        monotonicNanos = Duration.ofSeconds(20).toNanos();
    }

    @Override
    public ClockCondition condition() {
        return condition;
    }

    @Override
    public long monotonicNanos() {
        return monotonicNanos;
    }

    @Override
    public String boot() {
        return boot;
    }
}
