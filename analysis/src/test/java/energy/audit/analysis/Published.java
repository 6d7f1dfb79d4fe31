package energy.audit.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.analysis.regression.Series;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Published cases, which live outside the tree; a test that needs an absent one is skipped and says so. */
public final class Published {
    private static final Path FOLDER = Path.of("../../shared/data");

    private Published() {}

    public static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(file(name).toFile());
    }

    /** A CSV with a header, as rows of text by column name. */
    public static List<Map<String, String>> rows(String name) throws IOException {
        Path file = file(name);
        List<Map<String, String>> rows = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String[] header = Objects.requireNonNull(reader.readLine())
                    .replace("\ufeff", "")
                    .split(",", -1);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split(",", header.length);
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < cells.length; i++) {
                    row.put(header[i], cells[i]);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    public static Series column(List<Map<String, String>> rows, String name) {
        return Series.ofDecimals(
                name,
                rows.stream()
                        .map(row -> new BigDecimal(Objects.requireNonNull(row.get(name), name)))
                        .toList());
    }

    public static List<Map<String, String>> where(
            List<Map<String, String>> rows, Predicate<Map<String, String>> condition) {
        return rows.stream().filter(condition).toList();
    }

    private static Path file(String name) {
        Path file = FOLDER.resolve(name);
        Assumptions.assumeTrue(
                Files.isRegularFile(file), () -> "published case " + file + " is absent, so this is not tested here");
        return file;
    }

    public static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(file(name));
    }
}
