package energy.audit.agent.poll;

import energy.audit.agent.config.Device;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.evidence.wire.DeviceHealth;
import energy.audit.evidence.wire.GapCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is remembered about one device between polls: which requests it takes, how long it has been silent, when it is
 * asked again. A silent device is asked after 1, 2, 4, … intervals, at least once a minute, and at every quarter hour,
 * because the reading there decides about energy.
 */
final class DeviceLine {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Device device;
    private final Duration interval;
    private final Journal.Log log;
    private List<ReadSpan> spans;
    private int silentPolls;
    private int failuresInARow;
    private long nextAttemptMs = Long.MIN_VALUE;
    private Answer.NoAnswer lastFailure = new Answer.NoAnswer(GapCause.GAP_CAUSE_UNSPECIFIED, "", false);
    private long reads;
    private long failures;

    DeviceLine(Device device, int maxHole, Duration interval, Journal.Log log) {
        this.device = device;
        this.interval = interval;
        this.log = log;
        this.spans = ReadSpan.covering(device.registers(), maxHole);
    }

    Device device() {
        return device;
    }

    List<ReadSpan> spans() {
        return List.copyOf(spans);
    }

    boolean isSuspect() {
        return silentPolls > 0;
    }

    boolean isDue(Instant boundary) {
        return boundary.toEpochMilli() >= nextAttemptMs || QuarterHour.is(boundary);
    }

    Answer.NoAnswer notAsked() {
        return new Answer.NoAnswer(
                lastFailure.cause(),
                "not asked again yet after " + silentPolls + " silent polls: " + lastFailure.detail(),
                false);
    }

    void answered() {
        reads++;
        if (failuresInARow > 0) {
            log.info(
                    LogCode.DEVICE_RECOVERED,
                    "device=" + device.id() + " unit=" + device.unit() + " after_failures=" + failuresInARow);
        }
        failuresInARow = 0;
        silentPolls = 0;
        nextAttemptMs = Long.MIN_VALUE;
    }

    /** The device said nothing (silence, no connection): it is given a pause that grows. */
    void wasSilent(Instant boundary, ReadSpan span, Answer.NoAnswer failure) {
        silentPolls++;
        long pauseMs = interval.toMillis() << Math.min(silentPolls - 1, 20);
        pauseMs = Math.min(pauseMs, Math.max(LONGEST_PAUSE.toMillis(), interval.toMillis()));
        nextAttemptMs = boundary.toEpochMilli() + pauseMs;
        failed(span, failure, " retry_in=" + Duration.ofMillis(pauseMs));
    }

    /** The device answered, with a refusal or with nonsense. */
    void failed(ReadSpan span, Answer.NoAnswer failure) {
        failed(span, failure, "");
    }

    private void failed(ReadSpan span, Answer.NoAnswer failure, String retry) {
        failures++;
        failuresInARow = failure.cause() == lastFailure.cause() ? failuresInARow + 1 : 1;
        lastFailure = failure;
        // The first, second, fourth, eighth … of a kind: a dead device fills no disk.
        if (Integer.bitCount(failuresInARow) == 1) {
            log.error(
                    LogCode.REGISTER_READ_FAILURE,
                    "cause=" + failure.cause() + " device=" + device.id() + " unit=" + device.unit() + " register="
                            + String.format(Locale.ROOT, "0x%04X", span.start()) + " attempt=" + failuresInARow + retry
                            + " detail=" + Journal.quoted(failure.detail()) + nextStep(failure.cause()));
        }
    }

    private static String nextStep(GapCause cause) {
        return switch (cause) {
            case ILLEGAL_ADDRESS -> " next=compare_map_with_manual";
            case CRC_ERROR -> " next=check_wiring_termination_and_baud";
            case REQUEST_TIMEOUT -> " next=check_power_unit_id_and_wiring";
            default -> " next=see_device_manual";
        };
    }

    /** Learns that a request of several registers is refused, and asks in smaller ones from now on. */
    List<ReadSpan> split(ReadSpan refused) {
        List<ReadSpan> halves = refused.halves();
        List<ReadSpan> learnt = new ArrayList<>(spans);
        int at = learnt.indexOf(refused);
        if (at >= 0) {
            learnt.remove(at);
            learnt.addAll(at, halves);
            spans = learnt;
        }
        log.warn(
                LogCode.READ_SPLIT,
                "device=" + device.id() + " unit=" + device.unit() + " register="
                        + String.format(Locale.ROOT, "0x%04X", refused.start()) + " quantity=" + refused.quantity()
                        + " cause=ILLEGAL_ADDRESS");
        return halves;
    }

    DeviceHealth health() {
        return DeviceHealth.newBuilder()
                .setDevice(device.id())
                .setReads(reads)
                .setFailures(failures)
                .setLastCause(failuresInARow > 0 ? lastFailure.cause().name() : "")
                .build();
    }
}
