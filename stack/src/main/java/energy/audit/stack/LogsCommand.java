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
            Path wanted = layout.log(part);
            if (!files.contains(wanted)) {
                throw new StackFailure(
                        "part " + part,
                        "has no log in " + layout.logs(),
                        "There are: " + String.join(", ", names(files)));
            }
            files = List.of(wanted);
        }
        if (files.isEmpty()) {
            throw new StackFailure("logs", "there are none in " + layout.logs(), "Start with './energy-audit up'");
        }
        Map<Path, Long> positions = new HashMap<>();
        for (Path file : files) {
            positions.put(file, Files.size(file));
            print(file, Logs.tail(file, lines), files.size() > 1);
        }
        while (follow) {
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            for (Path file : files) {
                more(file, positions, files.size() > 1);
            }
        }
        return 0;
    }

    private static void more(Path file, Map<Path, Long> positions, boolean named) throws IOException {
        long from = positions.getOrDefault(file, 0L);
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long size = in.length();
            if (size > from) {
                in.seek(from);
                byte[] bytes = new byte[(int) Math.min(size - from, 1 << 20)];
                in.readFully(bytes);
                print(file, new String(bytes, StandardCharsets.UTF_8), named);
                positions.put(file, from + bytes.length);
            } else if (size < from) {
                positions.put(file, 0L);
            }
        }
    }

    private static void print(Path file, String text, boolean named) {
        String prefix = named ? String.format("%-22s| ", name(file)) : "";
        text.lines().forEach(line -> System.out.println(prefix + line));
        System.out.flush();
    }

    private static List<Path> files(Layout layout) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(layout.logs())) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(layout.logs(), "*.log")) {
                found.forEach(files::add);
            }
        }
        Collections.sort(files);
        return files;
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(LogsCommand::name).toList();
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.log$", "");
    }
}
