package energy.audit.agent.poll;

import energy.audit.agent.config.Device;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.evidence.wire.DeviceHealth;
import energy.audit.evidence.wire.GapCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is remembered about one device between polls: which requests it takes, how long it has been silent, when it is
 * asked again. A silent device is asked after 1, 2, 4, … intervals, at least once a minute, and at every quarter hour,
 * because the reading there decides about energy.
 */
final class DeviceLine {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    /** A request that fails, and how often in a row with this cause. */
    private record Failing(GapCause cause, int times) {}

    private final Device device;
    private final List<ReadSpan> planned;
    private final Duration interval;
    private final Journal.Log log;
    private final Map<ReadSpan, Failing> failing = new HashMap<>();
    private final Set<ReadSpan> whollyRefused = new HashSet<>();
    private List<ReadSpan> spans;
    private long learntInHour = Long.MIN_VALUE;
    private int silentPolls;
    private long nextAttemptMs = Long.MIN_VALUE;
    private Answer.NoAnswer lastSilence = new Answer.NoAnswer(GapCause.GAP_CAUSE_UNSPECIFIED, "", false);
    private GapCause lastCause = GapCause.GAP_CAUSE_UNSPECIFIED;
    private long reads;
    private long failures;
    private long timeouts;
    private long crcErrors;
    private long refusals;
    private long noConnection;
    private String lastFailure = "";

    DeviceLine(Device device, int maxHole, Duration interval, Journal.Log log) {
        this.device = device;
        this.interval = interval;
        this.log = log;
        this.planned = ReadSpan.covering(device.registers(), maxHole);
        this.spans = planned;
    }

    Device device() {
        return device;
    }

    /** The requests to make; what was learnt about refused addresses holds for the hour, then the plan is tried again. */
    List<ReadSpan> spans(Instant boundary) {
        if (spans != planned && Math.floorDiv(boundary.toEpochMilli(), HOUR_MS) != learntInHour) {
            spans = planned;
        }
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
                lastSilence.cause(),
                "not asked again yet after " + silentPolls + " silent polls: " + lastSilence.detail(),
                false);
    }

    /** The device answered a request with values. */
    void spoke(ReadSpan span) {
        reads++;
        Failing was = failing.remove(span);
        whollyRefused.remove(span);
        if (was != null) {
            log.info(
                    LogCode.DEVICE_RECOVERED,
                    "device=" + device.id() + " unit=" + device.unit() + " register=" + hex(span.start())
                            + " after_failures=" + was.times() + " cause=" + was.cause());
        }
        silentPolls = 0;
        nextAttemptMs = Long.MIN_VALUE;
        if (failing.isEmpty()) {
            lastCause = GapCause.GAP_CAUSE_UNSPECIFIED;
        }
    }

    /** The device said nothing (silence, a closed connection): it is given a pause that grows. */
    void wasSilent(Instant boundary, ReadSpan span, Answer.NoAnswer failure) {
        silentPolls++;
        lastSilence = failure;
        long pauseMs = interval.toMillis() << Math.min(silentPolls - 1, 20);
        pauseMs = Math.min(pauseMs, Math.max(LONGEST_PAUSE.toMillis(), interval.toMillis()));
        nextAttemptMs = boundary.toEpochMilli() + pauseMs;
        failed(span, failure, " retry_in=" + Duration.ofMillis(pauseMs));
    }

    /** The device answered, with a refusal or with nonsense. */
    void failed(ReadSpan span, Answer.NoAnswer failure) {
        failed(span, failure, "");
    }

    /** The whole bus could not be reached; the bus logs it once for all its devices. */
    void unreached(Answer.NoAnswer failure) {
        counted(failure, failure.detail());
    }

    private void counted(Answer.NoAnswer failure, String words) {
        failures++;
        lastCause = failure.cause();
        lastFailure = words;
        switch (failure.cause()) {
            case REQUEST_TIMEOUT -> timeouts++;
            case CRC_ERROR -> crcErrors++;
            case CONNECTION_REFUSED -> noConnection++;
            default -> refusals++;
        }
    }

    private void failed(ReadSpan span, Answer.NoAnswer failure, String retry) {
        counted(failure, "register " + hex(span.start()) + ": " + failure.detail());
        Failing before = failing.get(span);
        int times = before != null && before.cause() == failure.cause() ? before.times() + 1 : 1;
        failing.put(span, new Failing(failure.cause(), times));
        // The first, second, fourth, eighth … of a kind: a dead device fills no disk.
        if (Integer.bitCount(times) == 1) {
            log.error(
                    LogCode.REGISTER_READ_FAILURE,
                    "cause=" + failure.cause() + " device=" + device.id() + " unit=" + device.unit() + " register="
                            + hex(span.start()) + " attempt=" + times + retry + " detail="
                            + Journal.quoted(failure.detail()) + nextStep(failure.cause()));
        }
    }

    /** True if no part of this request was answered when it was last taken apart. */
    boolean isWhollyRefused(ReadSpan span) {
        return whollyRefused.contains(span);
    }

    /** Taking the request apart brought nothing: the device refuses as such, not one address. */
    void refusedWholly(ReadSpan span) {
        whollyRefused.add(span);
    }

    /** Only some parts of the request are refused: from now on it is made in parts. */
    void learn(Instant boundary, ReadSpan refused, List<ReadSpan> parts) {
        List<ReadSpan> learnt = new ArrayList<>(spans);
        int at = learnt.indexOf(refused);
        learnt.remove(at);
        learnt.addAll(at, parts);
        spans = learnt;
        learntInHour = Math.floorDiv(boundary.toEpochMilli(), HOUR_MS);
        failing.remove(refused);
        log.warn(
                LogCode.READ_SPLIT,
                "device=" + device.id() + " unit=" + device.unit() + " register=" + hex(refused.start()) + " quantity="
                        + refused.quantity() + " parts=" + parts.size() + " cause=ILLEGAL_ADDRESS");
    }

    private static String hex(int address) {
        return String.format(Locale.ROOT, "0x%04X", address);
    }

    private static String nextStep(GapCause cause) {
        return switch (cause) {
            case ILLEGAL_ADDRESS -> " next=compare_map_with_manual";
            case CRC_ERROR -> " next=check_wiring_termination_and_baud";
            case REQUEST_TIMEOUT -> " next=check_power_unit_id_and_wiring";
            case CONNECTION_REFUSED -> " next=check_power_network_and_port";
            default -> " next=see_device_manual";
        };
    }

    DeviceHealth health() {
        return DeviceHealth.newBuilder()
                .setDevice(device.id())
                .setReads(reads)
                .setFailures(failures)
                .setLastCause(lastCause == GapCause.GAP_CAUSE_UNSPECIFIED ? "" : lastCause.name())
                .setTimeouts(timeouts)
                .setCrcErrors(crcErrors)
                .setRefusals(refusals)
                .setNoConnection(noConnection)
                .setLastFailure(lastFailure)
                .build();
    }
}
