package energy.audit.web.fleet;

import energy.audit.fleet.Vitals;
import energy.audit.web.shell.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** How an agent is, in words. */
public final class VitalsWords {
    private static final double BUFFER_TO_LOOK_AT = 0.5;

    private final Words words;
    private final FleetWords fleetWords;
    private final ZoneId zone;
    private final Instant now;

    public VitalsWords(Words words, ZoneId zone, Instant now) {
        this.words = words;
        this.fleetWords = new FleetWords(words);
        this.zone = zone;
        this.now = now;
    }

    /** 7 s ago */
    public String age(Vitals vitals) {
        return words.text("fleet.ago", fleetWords.duration(Duration.between(vitals.heardAt(), now)));
    }

    /** From sealing at the plant to admission here; a clock that runs ahead makes it negative. */
    public String lag(Vitals vitals) {
        Duration lag = Duration.between(vitals.sealedAt(), vitals.heardAt());
        return (lag.isNegative() ? "−" : "") + fleetWords.duration(lag.abs());
    }

    /** 3 batches since 10:40, 1 % full, 12 GiB free */
    public String buffer(Vitals vitals) {
        String kept = vitals.keptBatches() == 0
                ? words.text("fleet.buffer.empty")
                : vitals.oldestKept()
                        .map(at -> words.text(
                                "fleet.buffer.since", words.whole(vitals.keptBatches()), words.moment(at, zone)))
                        .orElseGet(() -> words.text("fleet.buffer.kept", words.whole(vitals.keptBatches())));
        String fill = vitals.bufferFill()
                .map(share -> words.text("fleet.buffer.fill", fleetWords.rate(share)))
                .orElse("");
        String free = vitals.diskFreeBytes() > 0
                ? words.text("fleet.buffer.free", fleetWords.bytes(vitals.diskFreeBytes()))
                : "";
        return kept + fill + free;
    }

    /** Whether somebody should look at it before it is full. */
    public boolean bufferNeedsALook(Vitals vitals) {
        return vitals.bufferFill().filter(share -> share >= BUFFER_TO_LOOK_AT).isPresent();
    }

    /** synchronised, error at most 5 ms */
    public String clock(Vitals vitals) {
        return vitals.clockSynchronised()
                ? words.text("fleet.clock.good", fleetWords.duration(Duration.ofMillis(vitals.clockErrorMs())))
                : words.text("fleet.clock.free");
    }

    /** 41 ms of 10 s */
    public String cycle(Vitals vitals) {
        return vitals.pollInterval()
                .map(interval -> words.text(
                        "fleet.cycle", fleetWords.duration(vitals.cycleP99()), fleetWords.duration(interval)))
                .orElse("–");
    }

    /** alarm after 2 min */
    public String expected(Duration silentAfter) {
        return words.text("agents.expected", fleetWords.duration(silentAfter));
    }
}
