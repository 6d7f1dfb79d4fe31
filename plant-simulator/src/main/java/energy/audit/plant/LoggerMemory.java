package energy.audit.plant;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the data logger of a site kept before the live agent came: counters and temperatures at quarter hours, raw counts,
 * an empty cell where it got no answer.
 */
final class LoggerMemory {
    static final long QUARTER_SECONDS = 900;
    private final SiteTimeline timeline;
    private final Outages outages;

    LoggerMemory(SiteTimeline timeline, Outages outages) {
        this.timeline = timeline;
        this.outages = outages;
    }

    /** Header {@code timestamp,<channel>,…}, one row a quarter hour, both ends included. Returns the number of rows. */
    int write(Path file, Instant from, Instant to) throws IOException {
        List<SiteTimeline.Place> places = timeline.places();
        int[] logged = IntStream.range(0, places.size())
                .filter(i -> places.get(i).channel().isLogged())
                .toArray();
        Path part = PlantFiles.partOf(file);
        int rows = 0;
        try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            StringBuilder row = new StringBuilder("timestamp");
            for (int i : logged) {
                row.append(',').append(places.get(i).channel().id());
            }
            out.append(row).append('\n');
            long first = -Math.floorDiv(-from.getEpochSecond(), QUARTER_SECONDS) * QUARTER_SECONDS;
            for (long second = first; second <= to.getEpochSecond(); second += QUARTER_SECONDS) {
                Instant at = Instant.ofEpochSecond(second);
                long[] counts = timeline.countsAt(at);
                row.setLength(0);
                row.append(at);
                for (int i : logged) {
                    row.append(',');
                    if (!outages.isUnreachable(places.get(i).meter(), at)) {
                        row.append(counts[i]);
                    }
                }
                out.append(row).append('\n');
                rows++;
            }
        }
        PlantFiles.move(part, file);
        return rows;
    }
}
