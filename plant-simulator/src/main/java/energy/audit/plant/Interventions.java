package energy.audit.plant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The record of faults, kept in {@code interventions.json}: the plant after a restart is the plant before it. */
final class Interventions {
    private static final Instant OPEN_END = Instant.parse("9999-12-31T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param meter empty unless the fault concerns a single meter */
    record Intervention(Fault fault, String site, String meter, Instant from, Instant until) {
        boolean isActive(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }

        boolean isOpenEnded() {
            return until.equals(OPEN_END);
        }
    }

    private final Path file;
    private volatile List<Intervention> record;

    private Interventions(Path file, List<Intervention> record) {
        this.file = file;
        this.record = record;
    }

    static Interventions in(Path directory) throws IOException {
        Path file = directory.resolve("interventions.json");
        List<Intervention> read = new ArrayList<>();
        if (Files.exists(file)) {
            for (JsonNode node : JSON.readTree(file.toFile())) {
                Fault fault = Fault.named(node.path("fault").asText())
                        .orElseThrow(() -> new IOException(
                                file + " names an unknown fault in " + node + "; remove the entry or the file"));
                read.add(new Intervention(
                        fault,
                        node.path("site").asText(),
                        node.path("meter").asText(),
                        Instant.parse(node.path("from").asText()),
                        Instant.parse(node.path("until").asText())));
            }
        }
        return new Interventions(file, List.copyOf(read));
    }

    /** Physics change on whole minutes after now, wire faults on the second that runs. */
    synchronized Intervention begin(Fault fault, String site, String meter, Instant now, Duration lasting)
            throws IOException {
        Instant from = boundary(fault, now);
        Instant until = lasting.isZero() ? OPEN_END : boundary(fault, from.plus(lasting));
        Intervention added = new Intervention(fault, site, meter, from, until);
        List<Intervention> next = new ArrayList<>(record);
        next.add(added);
        write(next);
        return added;
    }

    /** Ends what is active or about to begin at that site. */
    synchronized int clear(String site, Instant now) throws IOException {
        List<Intervention> next = new ArrayList<>();
        int ended = 0;
        for (Intervention i : record) {
            Instant end = boundary(i.fault(), now);
            if (!i.site().equals(site) || !i.until().isAfter(end)) {
                next.add(i);
                continue;
            }
            ended++;
            if (i.from().isBefore(end)) {
                next.add(new Intervention(i.fault(), i.site(), i.meter(), i.from(), end));
            }
        }
        write(next);
        return ended;
    }

    boolean isActive(Fault fault, String site, String meter, Instant at) {
        for (Intervention i : record) {
            boolean here = i.fault() == fault && i.site().equals(site);
            if (here && (i.meter().isEmpty() || i.meter().equals(meter)) && i.isActive(at)) {
                return true;
            }
        }
        return false;
    }

    /** Since when another meter is in the place of the first one. */
    Optional<Instant> exchangedSince(String site, String meter, Instant at) {
        return record.stream()
                .filter(i -> i.fault() == Fault.METER_EXCHANGE && i.site().equals(site))
                .filter(i -> i.meter().equals(meter) && i.isActive(at))
                .map(Intervention::from)
                .max(Instant::compareTo);
    }

    SiteModel.Disturbances disturbances(String site, long epochMinute) {
        if (record.isEmpty()) {
            return SiteModel.Disturbances.NONE;
        }
        Instant at = Instant.ofEpochSecond(epochMinute * 60);
        return new SiteModel.Disturbances(
                isActive(Fault.FURNACE_DRIFT, site, "", at), isActive(Fault.COMPRESSOR_LEAK, site, "", at));
    }

    List<Intervention> active(Instant at) {
        return record.stream().filter(i -> i.until().isAfter(at)).toList();
    }

    private static Instant boundary(Fault fault, Instant at) {
        long second = at.getEpochSecond();
        return Instant.ofEpochSecond(fault.scope() == Fault.Scope.PHYSICS ? (second / 60 + 1) * 60 : second);
    }

    private void write(List<Intervention> next) throws IOException {
        ArrayNode array = JSON.createArrayNode();
        for (Intervention i : next) {
            ObjectNode node = array.addObject();
            node.put("fault", i.fault().wireName());
            node.put("site", i.site());
            node.put("meter", i.meter());
            node.put("from", i.from().toString());
            node.put("until", i.until().toString());
        }
        PlantFiles.replace(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(array));
        record = List.copyOf(next);
    }
}
