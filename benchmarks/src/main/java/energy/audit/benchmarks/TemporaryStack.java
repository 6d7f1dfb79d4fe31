package energy.audit.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A stack of its own for one benchmark: fresh data, no history, other ports than a person's; stopped on close. */
final class TemporaryStack implements AutoCloseable {
    static final int PORT_OFFSET = 3700;
    private final Path top;
    private final Path data;

    private TemporaryStack(Path top, Path data) {
        this.top = top;
        this.data = data;
    }

    static TemporaryStack start(Path top) throws IOException, InterruptedException {
        TemporaryStack stack = new TemporaryStack(top, top.resolve("benchmarks/target/stack"));
        stack.run("up", "--detach", "--fresh", "--history-months", "0", "--port-offset", Integer.toString(PORT_OFFSET));
        return stack;
    }

    Path data() {
        return data;
    }

    String secret(String name) throws IOException {
        Properties secrets = new Properties();
        secrets.load(new StringReader(Files.readString(data.resolve("secrets.properties"))));
        String value = secrets.getProperty(name);
        if (value == null) {
            throw new IOException("secrets.properties has no " + name + ", only " + secrets.stringPropertyNames());
        }
        return value;
    }

    private void run(String command, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                top.resolve("stack/target/energy-audit-stack.jar").toString(),
                command,
                "--data",
                data.toString()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line)
                .directory(top.toFile())
                .redirectErrorStream(true)
                .start();
        StringBuilder printed = new StringBuilder();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String text = out.readLine(); text != null; text = out.readLine()) {
                System.err.println("  " + text);
                printed.append(text).append('\n');
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("the stack's '" + command + "' ended with " + process.exitValue() + ":\n" + printed);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("down");
    }
}
