package energy.audit.agent;

import energy.audit.agent.config.ConfigurationRefused;
import energy.audit.agent.poll.Stamper.Row;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A logger's memory as CSV: header {@code timestamp,<channel>,…}; rows of ISO 8601 instants, ascending, and raw counts; an
 * empty cell means that there is no reading. Read row by row.
 */
final class HistoryTable implements Closeable {
    private final Path file;
    private final BufferedReader reader;
    private final List<String> channels;
    private int line = 1;
    private long lastAtMs = Long.MIN_VALUE;

    /** @throws ConfigurationRefused if the header is wrong */
    HistoryTable(Path file) throws IOException {
        this.file = file;
        try {
            this.reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ConfigurationRefused(
                    file.toString(), "there is no such file", "Name the CSV file with --readings");
        }
        String header = reader.readLine();
        List<String> names = header == null ? List.of() : Arrays.asList(header.split(",", -1));
        if (names.size() < 2
                || !names.get(0).equals("timestamp")
                || names.stream().anyMatch(String::isBlank)) {
            reader.close();
            throw refused("the header must be timestamp,<channel>,…");
        }
        this.channels = List.copyOf(names.subList(1, names.size()));
    }

    List<String> channels() {
        return channels;
    }

    /** The next row, empty at the end. */
    Optional<Row> next() throws IOException {
        String text = reader.readLine();
        line++;
        if (text == null) {
            return Optional.empty();
        }
        String[] cells = text.split(",", -1);
        if (cells.length != channels.size() + 1) {
            throw refused(cells.length + " cells, the header has " + (channels.size() + 1));
        }
        long atMs = instant(cells[0]);
        if (atMs <= lastAtMs) {
            throw refused("instants must ascend");
        }
        lastAtMs = atMs;
        @Nullable Long[] counts = new @Nullable Long[channels.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = count(cells[i + 1]);
        }
        return Optional.of(new Row(atMs, counts));
    }

    private long instant(String cell) {
        try {
            return Instant.parse(cell).toEpochMilli();
        } catch (DateTimeException e) {
            throw refused("\"" + cell + "\" is no instant such as 2026-01-01T00:00:00Z");
        }
    }

    private @Nullable Long count(String cell) {
        try {
            return cell.isEmpty() ? null : Long.valueOf(cell);
        } catch (NumberFormatException e) {
            throw refused("\"" + cell + "\" is no whole count; empty means missing");
        }
    }

    private ConfigurationRefused refused(String why) {
        return new ConfigurationRefused(
                file + ", line " + line, why, "Correct the file; what was sent before stays sent");
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
