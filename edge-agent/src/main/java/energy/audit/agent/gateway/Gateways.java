package energy.audit.agent.gateway;

import energy.audit.agent.config.Gateway;
import energy.audit.agent.config.Gateway.Field;
import energy.audit.agent.config.Gateway.Sensor;
import energy.audit.agent.config.PrivateFile;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.evidence.wire.Batch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All gateways of an agent. Uplinks wait here for the next batch; {@link #taken} says that it is on the disk, and only then
 * the gateway's broker hears that they arrived. One that is never taken is sent again by the broker.
 */
public final class Gateways implements Closeable {
    /** A clock that is ahead by more would stamp readings that nobody has made yet. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private record Waiting(Optional<String> key, List<SourceReading> readings, List<Runnable> acknowledgements) {}

    private final Clock clock;
    private final Journal.Log log;
    private final SeenUplinks seen;
    private final List<GatewayLink> links = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<String, Integer> complaints = new HashMap<>();
    private long duplicates;

    /**
     * Connects, and goes on trying until it is closed.
     *
     * @param directory the agent's
     */
    public Gateways(List<Gateway> gateways, Path directory, Clock clock, Journal.Log log) throws IOException {
        this.clock = clock;
        this.log = log;
        this.seen = new SeenUplinks(directory.resolve("uplinks.seen"));
        for (Gateway gateway : gateways) {
            Optional<String> password = gateway.passwordFile()
                    .map(file -> PrivateFile.read(directory.resolve(file)).strip());
            String client = "energy-audit-"
                    + Integer.toHexString(directory.toAbsolutePath().hashCode()) + "-" + gateway.id();
            links.add(new GatewayLink(gateway, client, password, log, this::arrived));
        }
    }

    /** Uplinks that wait for the next batch. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Copies of uplinks that were dropped since the start. */
    public synchronized long duplicates() {
        return duplicates;
    }

    /**
     * Writes everything that waits into a batch.
     *
     * @return to be handed to {@link #taken} once the batch is on the disk
     */
    public synchronized int writeInto(Batch.Builder batch) {
        SourceReading.write(waiting.stream().flatMap(w -> w.readings().stream()).toList(), batch);
        return waiting.size();
    }

    /** The oldest that waited are on the disk. */
    public synchronized void taken(int count) throws IOException {
        List<Waiting> done = waiting.subList(0, count);
        seen.add(done.stream().flatMap(w -> w.key().stream()).toList());
        done.forEach(w -> w.acknowledgements().forEach(Runnable::run));
        done.clear();
    }

    /**
     * A message came.
     *
     * @param retained it was stored at the broker, nobody knows since when
     */
    synchronized void arrived(Gateway gateway, String topic, byte[] message, boolean retained, Runnable acknowledge) {
        Optional<Uplink> read;
        try {
            read = UplinkFormat.read(gateway, topic, message);
        } catch (UplinkFormat.Unreadable e) {
            refused(gateway, topic, String.valueOf(e.getMessage()));
            acknowledge.run();
            return;
        }
        if (read.isEmpty() || retained && read.get().at().isEmpty()) {
            acknowledge.run();
            return;
        }
        Uplink uplink = read.get();
        Optional<Sensor> sensor = gateway.sensors().stream()
                .filter(s -> s.address().toLowerCase(Locale.ROOT).equals(uplink.address()))
                .findFirst();
        Instant now = clock.instant();
        Instant at = uplink.at().orElse(now);
        if (sensor.isEmpty()) {
            refused(gateway, uplink.address(), "no sensor of modbus.yaml has this address");
            acknowledge.run();
        } else if (at.isAfter(now.plus(AHEAD))) {
            refused(gateway, uplink.address(), "its time " + at + " is ahead of the agent's clock");
            acknowledge.run();
        } else {
            admit(gateway, uplink, sensor.get(), at, acknowledge);
        }
    }

    private void admit(Gateway gateway, Uplink uplink, Sensor sensor, Instant at, Runnable acknowledge) {
        Optional<String> key = uplink.key().map(k -> gateway.id() + " " + k.replace('\n', ' '));
        if (key.isPresent() && seen.contains(key.get())) {
            duplicates++;
            acknowledge.run();
            return;
        }
        for (Waiting other : waiting) {
            if (key.isPresent() && other.key().equals(key)) {
                duplicates++;
                other.acknowledgements().add(acknowledge);
                return;
            }
        }
        List<SourceReading> readings = new ArrayList<>();
        for (Field field : sensor.fields()) {
            readings.add(SourceReading.of(field, at.toEpochMilli(), uplink.payload()));
        }
        waiting.add(new Waiting(key, readings, new ArrayList<>(List.of(acknowledge))));
    }

    private void refused(Gateway gateway, String whose, String why) {
        int times = complaints.merge(whose + why, 1, Integer::sum);
        if (complaints.size() > 1000) {
            complaints.clear();
        }
        if (Integer.bitCount(times) == 1) {
            log.warn(
                    LogCode.UPLINK_REFUSED,
                    "gateway=" + gateway.id() + " from=" + Journal.quoted(whose) + " times=" + times + " detail="
                            + Journal.quoted(why));
        }
    }

    @Override
    public void close() throws IOException {
        links.forEach(GatewayLink::close);
        seen.close();
    }
}
