package energy.audit.stack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Which tools of the operating system this machine has. */
final class Tools {
    static final boolean SETSID = onPath("setsid");
    static final boolean PARENT_DEATH =
            onPath("setpriv") && succeeds(List.of("setpriv", "--pdeathsig", "TERM", "true"));

    private Tools() {}

    static boolean onPath(String program) {
        String path = System.getenv("PATH");
        if (path == null) {
            return false;
        }
        for (String folder : path.split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the command ends with 0 within ten seconds; its output is thrown away. */
    static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs a short command to its end; what it printed is shown if it fails. */
    static void run(String what, List<String> command, Path directory, Map<String, String> environment) {
        output(what, command, directory, environment);
    }

    /** Standard output and error of a short command. */
    static String output(String what, List<String> command, Path directory) {
        return output(what, command, directory, Map.of());
    }

    private static String output(String what, List<String> command, Path directory, Map<String, String> environment) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().keySet().removeAll(Child.FOREIGN_VARIABLES);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new StackFailure(what, "ended with " + code, "It said: " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new StackFailure(what, "cannot run " + command.get(0), "See the cause: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure(what, "interrupted", "Start again", e);
        }
    }
}
