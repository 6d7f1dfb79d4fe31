package energy.audit.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Starts the programs that the polling benchmarks compare, each in a process of its own. */
final class Reader {
    /**
     * What a reading program printed.
     *
     * @param cpuMs processor time of the whole process
     * @param wallMs from the first cycle's begin to the last one's end
     */
    record Result(
            long cycles,
            long registers,
            double medianMs,
            double p99Ms,
            double lateP99Ms,
            long cpuMs,
            long memoryKb,
            double wallMs) {
        static Result of(String line) {
            String[] word = line.trim().split(" ");
            return new Result(
                    Long.parseLong(word[0]),
                    Long.parseLong(word[1]),
                    Double.parseDouble(word[2]),
                    Double.parseDouble(word[3]),
                    Double.parseDouble(word[4]),
                    Long.parseLong(word[5]),
                    Long.parseLong(word[6]),
                    Double.parseDouble(word[7]));
        }
    }

    /** Devices that answer until they are closed. */
    record Devices(Process process) implements AutoCloseable {
        static Devices start(int port, int devices, int answerMs, int deadOfTen) throws IOException {
            Process process = new ProcessBuilder(
                            java(List.of(), SimulatedDevices.class, port, devices, answerMs, deadOfTen))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String line = process.inputReader(StandardCharsets.UTF_8).readLine();
            if (!"Ready".equals(line)) {
                throw new IOException("the simulated devices did not start: " + line);
            }
            return new Devices(process);
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join(); // only then its ports are free
        }
    }

    private Reader() {}

    /** The command of a class of this jar. */
    static List<String> java(List<String> options, Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        for (Object argument : arguments) {
            command.add(String.valueOf(argument));
        }
        return command;
    }

    /** Runs a reading program on the first core. */
    static Result run(List<String> command) throws IOException, InterruptedException {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
        pinned.addAll(command);
        Process process = new ProcessBuilder(pinned)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            line = out.readLine();
        }
        int status = process.waitFor();
        if (line == null || status != 0) {
            throw new IOException(command.get(0) + " ended with status " + status + " and printed " + line);
        }
        return Result.of(line);
    }
}
