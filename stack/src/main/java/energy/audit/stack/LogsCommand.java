package energy.audit.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logs}: shows the ends of the parts' logs, and follows them with {@code -f}. */
@Command(
        name = "logs",
        description = "Shows what the parts wrote last.",
        footer = {"", "Example: ./energy-audit logs wildfly -f"})
final class LogsCommand implements Callable<Integer> {
    private static final long STEP_MILLIS = 300;

    @Mixin
    private DataOption where = new DataOption();

    @Parameters(arity = "0..1", paramLabel = "PART", description = "One part, such as wildfly. Default: all of them.")
    private @Nullable String part;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on showing new lines until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "40",
            description = "Lines of each part. Default: 40.")
    private int lines;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Layout layout = where.layout();
        List<Path> files = files(layout);
        if (part != null) {
            String wanted = part;
            List<Path> all = files;
            files = all.stream()
                    .filter(file -> name(layout, file).equals(wanted)
                            || name(layout, file).startsWith(wanted + "/"))
                    .toList();
            if (files.isEmpty()) {
                throw new StackFailure(
                        "part " + part,
                        "has no log in " + layout.logs(),
                        "There are: " + String.join(", ", names(layout, all)));
            }
        }
        if (files.isEmpty()) {
            throw new StackFailure("logs", "there are none in " + layout.logs(), "Start with './energy-audit up'");
        }
        Map<Path, Long> positions = new HashMap<>();
        for (Path file : files) {
            positions.put(file, Files.size(file));
            print(prefix(layout, file, files), Logs.tail(file, lines));
        }
        while (follow) {
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            for (Path file : files) {
                more(file, positions, prefix(layout, file, files));
            }
        }
        return 0;
    }

    private static void more(Path file, Map<Path, Long> positions, String prefix) throws IOException {
        long from = positions.getOrDefault(file, 0L);
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long size = in.length();
            if (size > from) {
                in.seek(from);
                byte[] bytes = new byte[(int) Math.min(size - from, 1 << 20)];
                in.readFully(bytes);
                print(prefix, new String(bytes, StandardCharsets.UTF_8));
                positions.put(file, from + bytes.length);
            } else if (size < from) {
                positions.put(file, 0L);
            }
        }
    }

    private static String prefix(Layout layout, Path file, List<Path> shown) {
        return shown.size() > 1 ? String.format("%-28s| ", name(layout, file)) : "";
    }

    private static void print(String prefix, String text) {
        text.lines().forEach(line -> System.out.println(prefix + line));
        System.out.flush();
    }

    /** What the parts said on standard output, and the agents' own service and ingest logs. */
    private static List<Path> files(Layout layout) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Path> folders = new ArrayList<>(List.of(layout.logs()));
        for (Path group : List.of(layout.data().resolve("agents"), layout.data().resolve("loggers"))) {
            if (Files.isDirectory(group)) {
                try (DirectoryStream<Path> agents = Files.newDirectoryStream(group)) {
                    agents.forEach(agent -> folders.add(agent.resolve("logs")));
                }
            }
        }
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.log")) {
                    found.forEach(files::add);
                }
            }
        }
        Collections.sort(files);
        return files;
    }

    private static List<String> names(Layout layout, List<Path> files) {
        return files.stream().map(file -> name(layout, file)).toList();
    }

    /** Such as {@code wildfly}, or {@code cold-store-agent/ingest}. */
    private static String name(Layout layout, Path file) {
        // logs/PART.log, agents/AGENT/logs/NAME.log, loggers/SITE/logs/NAME.log
        Path place = layout.data().relativize(file);
        String own = place.getName(place.getNameCount() - 1).toString().replaceFirst("\\.log$", "");
        if (place.getNameCount() == 2) {
            return own;
        }
        String logger = place.startsWith("loggers") ? "-logger" : "";
        return place.getName(1) + logger + "/" + own;
    }
}
