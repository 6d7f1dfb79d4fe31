package energy.audit.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The note that a process of ours runs, so that it is found when its supervisor is gone.
 *
 * @param started the kernel's own start mark of that process, so that a reused number is not mistaken for it
 * @param order in which the parts were started
 */
record PidRecord(Path file, String name, long pid, String started, Child.Ending ending, long order) {

    static PidRecord write(Layout layout, String name, long pid, Child.Ending ending) throws IOException {
        Path file = layout.run().resolve(name + ".pid");
        Files.createDirectories(layout.run());
        PidRecord record = new PidRecord(file, name, pid, startMark(pid), ending, System.nanoTime());
        Layout.writePrivate(
                file,
                "pid=" + pid + "\nstarted=" + record.started() + "\nending=" + ending.name() + "\norder="
                        + record.order() + "\n");
        return record;
    }

    /** All records of the data folder whose process still runs, the last started first. */
    static List<PidRecord> running(Layout layout) {
        List<PidRecord> found = new ArrayList<>();
        if (!Files.isDirectory(layout.run())) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(layout.run(), "*.pid")) {
            for (Path file : files) {
                read(file).filter(PidRecord::alive).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + layout.run(), e);
        }
        found.sort(Comparator.comparingLong(PidRecord::order).reversed());
        return found;
    }

    static Optional<PidRecord> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties p = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            p.load(in);
            String name = file.getFileName().toString().replaceFirst("\\.pid$", "");
            return Optional.of(new PidRecord(
                    file,
                    name,
                    Long.parseLong(p.getProperty("pid", "-1")),
                    p.getProperty("started", ""),
                    Child.Ending.valueOf(p.getProperty("ending", "TERM")),
                    Long.parseLong(p.getProperty("order", "0"))));
        } catch (IOException | IllegalArgumentException e) {
            throw new StackFailure(
                    file.toString(),
                    "unreadable (" + e.getMessage() + ")",
                    "Delete it if no part of the stack runs",
                    e);
        }
    }

    boolean alive() {
        return pid > 0
                && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
                && startMark(pid).equals(started);
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    /** Field 22 of {@code /proc/PID/stat}, ticks since boot, see proc(5); elsewhere the start instant. */
    static String startMark(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (Files.isReadable(stat)) {
            try {
                String line = Files.readString(stat);
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
                return "ticks:" + fields[19];
            } catch (IOException e) {
                return "gone";
            }
        }
        return ProcessHandle.of(pid)
                .flatMap(p -> p.info().startInstant())
                .map(Object::toString)
                .orElse("gone");
    }
}
