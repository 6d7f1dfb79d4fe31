package energy.audit.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.agent.EdgeAgent;
import energy.audit.evidence.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The agent program itself in a directory of its own, with the options of its systemd unit, on the first core. There is no
 * broker, so every batch is signed, forced to the disk and kept, as on a day without a network.
 */
record WholeAgent(Path directory) implements AutoCloseable {
    /** Those of {@code energy-audit-agent.service}. */
    static final List<String> OPTIONS = List.of(
            "-Xmx128m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:MaxMetaspaceSize=64m",
            "-XX:ReservedCodeCacheSize=48m",
            "-XX:+ExitOnOutOfMemoryError");

    /**
     * What the agent's status and the system say after the run.
     *
     * @param missing lines about readings that were not made
     * @param memoryKb most memory of the process
     */
    record Result(
            long batches,
            long keptBytes,
            long cycleMedianMs,
            long cycleP99Ms,
            long lateP99Ms,
            long overruns,
            long missing,
            long cpuMs,
            long memoryKb) {}

    static WholeAgent write(int port, int devices, int registers) throws IOException {
        Path directory = Files.createTempDirectory("whole-agent");
        SecureRandom random = new SecureRandom();
        secret(
                directory.resolve("agent.key"),
                base64(SigningKey.generate(random).seed()));
        secret(directory.resolve("mqtt.password"), "none\n");
        Files.writeString(
                directory.resolve("log-key.pub"),
                base64(SigningKey.generate(random).verificationKey().raw()));
        Files.writeString(directory.resolve("audit-engine.conf"), """
                tenant=t
                agent=s-agent
                site=s
                installation=bench
                mqtt.host=127.0.0.1
                mqtt.port=1
                mqtt.user=t.s-agent
                workers=256
                """);
        StringBuilder yaml = new StringBuilder(
                "version: 1\ntenant: t\nsite: s\npolling-interval: 1s\nrequest-timeout: 500ms\nbuses:\n");
        StringBuilder mapping = new StringBuilder("{\"version\":1,\"mappings\":[");
        for (int d = 0; d < devices; d++) {
            yaml.append("  - id: b").append(d).append("\n    transport: tcp\n    host: 127.0.0.1\n    port: ");
            yaml.append(port + d)
                    .append("\n    devices:\n      - id: d")
                    .append(d)
                    .append("\n        unit: 1\n");
            yaml.append("        registers:\n");
            for (int r = 0; r < registers; r++) {
                String channel = "s.d" + d + ".r" + r;
                yaml.append("          - {channel: ").append(channel).append(", area: holding, address: ");
                yaml.append(r).append(", type: uint16}\n");
                mapping.append(d + r == 0 ? "" : ",")
                        .append("{\"sensor_id\":\"")
                        .append(channel);
                mapping.append("\",\"multiplier\":\"1\",\"offset\":\"0\",\"unit\":\"kWh\",");
                mapping.append("\"valid_from\":\"2026-01-01T00:00:00Z\"}\n");
            }
        }
        secret(directory.resolve("modbus.yaml"), yaml.toString());
        Files.writeString(
                directory.resolve("device_mapping.json"), mapping.append("]}").toString());
        return new WholeAgent(directory);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes) + "\n";
    }

    private static void secret(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    Result run(int seconds) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
        command.addAll(Reader.java(OPTIONS, EdgeAgent.class, "--config", directory));
        Process agent = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("console").toFile())
                .start();
        boolean ended = agent.waitFor(seconds, TimeUnit.SECONDS);
        if (ended) {
            throw new IOException("the agent ended with status " + agent.exitValue() + ": "
                    + Files.readString(directory.resolve("console")));
        }
        long cpuMs = agent.toHandle().info().totalCpuDuration().orElseThrow().toMillis();
        long memoryKb = Files.readAllLines(Path.of("/proc/" + agent.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
        agent.destroy();
        agent.waitFor();
        JsonNode status =
                new ObjectMapper().readTree(directory.resolve("status.json").toFile());
        JsonNode poll = status.path("poll");
        String log = Files.readString(directory.resolve("logs").resolve("ingest.log"));
        long missing = log.lines()
                .filter(line -> line.contains("REGISTER_READ_FAILURE")
                        || line.contains("CONNECTION_REFUSED")
                        || line.contains("POLL_LATE"))
                .count();
        return new Result(
                status.path("sequence").asLong(),
                status.path("keptBytes").asLong(),
                poll.path("cycleMs").path("median").asLong(),
                poll.path("cycleMs").path("p99").asLong(),
                poll.path("jitterMs").path("p99").asLong(),
                poll.path("overruns").asLong(),
                missing,
                cpuMs,
                memoryKb);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException("the benchmark's directory cannot be removed", e);
                }
            });
        }
    }
}
