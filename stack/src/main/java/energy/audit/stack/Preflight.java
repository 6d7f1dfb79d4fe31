package energy.audit.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks at the machine before anything is started, and reports everything that is wrong at once. */
final class Preflight {
    private static final int LEAST_JAVA = 17;
    private static final long MEBIBYTE = 1024L * 1024;
    private static final long LEAST_MEMORY_MIB = 2500;
    private static final long LEAST_DISK_MIB = 3000;

    private final Layout layout;
    private final Ports ports;
    private final int sites;

    Preflight(Layout layout, Ports ports, int sites) {
        this.layout = layout;
        this.ports = ports;
        this.sites = sites;
    }

    /** @throws StackFailure with one line for each finding */
    void check() {
        List<String> findings = new ArrayList<>();
        java(findings);
        folders(findings);
        memory(findings);
        ports(findings);
        if (!findings.isEmpty()) {
            throw new StackFailure(
                    "This machine is not ready",
                    findings.size() == 1 ? "one thing is in the way" : findings.size() + " things are in the way",
                    "Nothing was started.\n  - " + String.join("\n  - ", findings));
        }
    }

    private static void java(List<String> findings) {
        int version = Runtime.version().feature();
        if (version < LEAST_JAVA) {
            findings.add(
                    "Java " + version + " at " + System.getProperty("java.home")
                            + " is too old. Install a JDK 17 (Debian: apt-get install openjdk-17-jdk-headless) or set JAVA_HOME");
        }
    }

    private void folders(List<String> findings) {
        Path existing = layout.data();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            findings.add("data folder " + layout.data() + " cannot be written. Choose another with --data");
            return;
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace() / MEBIBYTE;
            if (free < LEAST_DISK_MIB) {
                findings.add("only " + free + " MiB are free where " + layout.data() + " lies, " + LEAST_DISK_MIB
                        + " are needed. Make room, or choose another disk with --data");
            }
        } catch (IOException e) {
            findings.add("the disk of " + layout.data() + " cannot be examined (" + e.getMessage() + ")");
        }
    }

    private static void memory(List<String> findings) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            lines.filter(line -> line.startsWith("MemAvailable:")).findFirst().ifPresent(line -> {
                long available = Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
                if (available < LEAST_MEMORY_MIB) {
                    findings.add("only " + available + " MiB of memory are available, " + LEAST_MEMORY_MIB
                            + " are needed. Close other programs");
                }
            });
        } catch (IOException e) {
            // no such file: not Linux, so nothing can be said about memory
            findings.add("this is not Linux (no /proc/meminfo); the stack needs Linux, for example in WSL 2");
        }
    }

    private void ports(List<String> findings) {
        for (Map.Entry<Integer, String> entry : ports.all(sites).entrySet()) {
            int port = entry.getKey();
            if (taken(port)) {
                findings.add("port " + port + " is taken, and " + entry.getValue()
                        + " needs it. End the program that listens there, or add --port-offset 1000");
            }
        }
    }

    private static boolean taken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1);
        } catch (IOException e) {
            return true;
        }
        // a browser that resolves localhost to ::1 first would meet the stranger there
        try (Socket socket = new Socket()) {
            byte[] loopback6 = new byte[16];
            loopback6[15] = 1;
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(loopback6), port), 300);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
