package energy.audit.agent;

import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.keep.SegmentLog;
import energy.audit.agent.poll.Stamper;
import energy.audit.evidence.wire.Gap;
import energy.audit.evidence.wire.GapCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies between one kept batch and the next: every instant that no reading covers gets a signed gap with its cause, and
 * a clock that was set is signed as such, even if no poll was missed. A cause stays until a batch that tells it is kept.
 */
final class Continuity {
    private static final Duration ABOUT_A_SECOND = Duration.ofMillis(500);

    /** Boundaries are exact, but polls that were placed later are milliseconds off their distance. */
    private static final long ROUNDING_MS = 100;

    private final SegmentLog log;
    private final Duration interval;
    private final Journal.Log ingest;
    private GapCause cause = GapCause.AGENT_STOPPED;
    private String detail = "the agent was not running";
    private boolean told = true;
    private @Nullable Duration step;
    private boolean leapSecond;

    Continuity(SegmentLog log, Duration interval, Journal.Log ingest) {
        this.log = log;
        this.interval = interval;
        this.ingest = ingest;
    }

    /** Polls are missed now, because of this. */
    void missed(GapCause why, String words) {
        cause = why;
        detail = words;
        told = true;
    }

    /**
     * The clock was set.
     *
     * @param by positive forward; several steps before the next batch add up
     * @param leap seconds by which the day is longer, if one was announced and midnight UTC has just passed
     * @return true if the step is that leap second
     */
    boolean stepped(Duration by, int leap) {
        step = step == null ? by : step.plus(by);
        // A second that is inserted makes the wall clock repeat one: it is set back by a second.
        leapSecond = leap != 0 && step.plusSeconds(leap).abs().compareTo(ABOUT_A_SECOND) < 0;
        return leapSecond;
    }

    /** True if a batch must tell that the clock was set. */
    boolean hasStep() {
        return step != null;
    }

    /** The step is no matter of the log: nothing that is in it was stamped by the clock from before. */
    void forgetStep() {
        step = null;
        leapSecond = false;
    }

    /** What the batch for a boundary must say about the time since the batch before it. */
    List<Gap> before(Instant boundary) {
        List<Gap> gaps = new ArrayList<>();
        long covered = log.coveredUntilMs();
        long at = boundary.toEpochMilli();
        if (covered == SegmentLog.NOTHING_COVERED) {
            return gaps;
        }
        if (at <= covered) {
            gaps.add(noted(clockStep(at, covered + 1, "the clock was set back: these instants occur twice")));
            return gaps;
        }
        boolean stepAlone = step != null && !told;
        if (at - covered > interval.toMillis() + ROUNDING_MS && !stepAlone) {
            gaps.add(noted(Stamper.gap("", covered + 1, at, cause, detail)));
        }
        if (step != null && at - covered > 1) {
            gaps.add(noted(clockStep(covered + 1, at, "the clock was set by " + step)));
        }
        return gaps;
    }

    private Gap clockStep(long fromMs, long toMs, String words) {
        Gap.Builder gap =
                Stamper.gap("", fromMs, toMs, GapCause.CLOCK_STEP, leapSecond ? words + ", a leap second" : words)
                        .toBuilder()
                        .setLeapSecond(leapSecond);
        Duration by = step;
        return by == null ? gap.build() : gap.setStepMs(by.toMillis()).build();
    }

    Gap noted(Gap gap) {
        ingest.warn(
                LogCode.GAP_RECORDED,
                "cause=" + gap.getCause() + " from=" + Instant.ofEpochMilli(gap.getFromMs()) + " to="
                        + Instant.ofEpochMilli(gap.getToMs()) + " detail=" + Journal.quoted(gap.getDetail()));
        return gap;
    }

    /** A batch with what {@link #before} said is on the disk. */
    void kept() {
        cause = GapCause.AGENT_STOPPED;
        detail = "a poll was missed: the cycle before it took too long";
        told = false;
        forgetStep();
    }
}
