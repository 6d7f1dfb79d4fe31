package energy.audit.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A supervisor in a session of its own, whose progress is shown here until it is ready. */
final class Detached {
    private static final long STEP_MILLIS = 100;

    private final Layout layout;

    Detached(Layout layout) {
        this.layout = layout;
    }

    /** The log of the supervisor lies beside the data folder's marker only once that is ours; before, in a file apart. */
    int start(List<String> arguments) throws InterruptedException {
        try {
            Path log = Files.createTempFile("energy-audit-supervisor-", ".log");
            List<String> words = new ArrayList<>();
            if (Tools.SETSID) {
                words.add("setsid");
            }
            words.addAll(Child.java("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            words.add("-Denergy.audit.home=" + layout.home());
            words.add("-cp");
            words.add(Programs.own().toString());
            words.add(Stack.class.getName());
            words.addAll(arguments);
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            return show(process, log);
        } catch (IOException e) {
            throw new StackFailure("the supervisor", "cannot be started", "See the cause: " + e, e);
        }
    }

    private int show(Process process, Path log) throws IOException, InterruptedException {
        try (RandomAccessFile in = new RandomAccessFile(log.toFile(), "r")) {
            while (true) {
                boolean alive = process.isAlive();
                boolean ready = Files.readString(log).contains(UpCommand.END_OF_WELCOME);
                print(in);
                if (!alive) {
                    Files.deleteIfExists(log);
                    return process.exitValue() == 0 ? Stack.EXIT_NO : process.exitValue();
                }
                if (ready) {
                    keep(log);
                    return 0;
                }
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            }
        }
    }

    /** Moves the log to the others; the supervisor goes on writing into the same file. */
    private void keep(Path log) throws IOException {
        Path kept = layout.log("supervisor");
        Files.deleteIfExists(kept);
        try {
            Files.createLink(kept, log);
            Files.delete(log);
        } catch (IOException | UnsupportedOperationException e) {
            // another file system: a link to it does as well
            Files.createSymbolicLink(kept, log);
        }
    }

    private static void print(RandomAccessFile in) throws IOException {
        long available = in.length() - in.getFilePointer();
        if (available > 0) {
            byte[] bytes = new byte[(int) available];
            in.readFully(bytes);
            System.out.print(new String(bytes, StandardCharsets.UTF_8));
            System.out.flush();
        }
    }
}
