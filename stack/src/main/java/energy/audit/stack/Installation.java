package energy.audit.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * One installation: its folders, ports and secrets, and the identity that its logs carry.
 *
 * @param id such as {@code demo-1f0c9a42}; part of every log's origin, so it never changes
 */
record Installation(Layout layout, Ports ports, Secrets secrets, String id) {

    /** Opens the data folder, making it at the first time. */
    static Installation open(Layout layout, Ports ports, SecureRandom random, Clock clock) {
        try {
            if (!Files.isRegularFile(layout.marker())) {
                if (Files.isDirectory(layout.data()) && !isEmpty(layout.data())) {
                    throw notOurs(layout);
                }
                byte[] bytes = new byte[4];
                random.nextBytes(bytes);
                Files.createDirectories(layout.data());
                Files.writeString(
                        layout.marker(),
                        new ObjectMapper()
                                        .writerWithDefaultPrettyPrinter()
                                        .writeValueAsString(new ObjectMapper()
                                                .createObjectNode()
                                                .put("product", "energy-audit")
                                                .put(
                                                        "installation",
                                                        "demo-" + HexFormat.of().formatHex(bytes))
                                                .put(
                                                        "createdAt",
                                                        clock.instant().toString()))
                                + "\n");
            }
            JsonNode marker = new ObjectMapper().readTree(layout.marker().toFile());
            Layout.createPrivateDirectory(layout.keys());
            Layout.createPrivateDirectory(layout.run());
            Files.createDirectories(layout.logs());
            return new Installation(
                    layout,
                    ports,
                    new Secrets(layout.secrets(), random),
                    marker.path("installation").asText());
        } catch (IOException e) {
            throw new StackFailure("data folder " + layout.data(), "cannot be used", "See the cause: " + e, e);
        }
    }

    /** Deletes the data folder, if it carries our marker; a folder that is not there is fine. */
    static void erase(Layout layout) {
        if (!Files.exists(layout.data())) {
            return;
        }
        try {
            if (!Files.isRegularFile(layout.marker())) {
                if (isEmpty(layout.data())) {
                    return;
                }
                throw notOurs(layout);
            }
            // the marker goes last, so that an interrupted deletion can be repeated
            try (Stream<Path> all = Files.walk(layout.data())) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    if (!path.equals(layout.marker()) && !path.equals(layout.data())) {
                        Files.delete(path);
                    }
                }
            }
            Files.delete(layout.marker());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + layout.data(), e);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(directory)) {
            return !content.iterator().hasNext();
        }
    }

    private static StackFailure notOurs(Layout layout) {
        return new StackFailure(
                "data folder " + layout.data(),
                "holds files, but no " + layout.marker().getFileName() + " of an energy-audit installation",
                "Nothing was touched. Give an empty or new folder with --data");
    }
}
