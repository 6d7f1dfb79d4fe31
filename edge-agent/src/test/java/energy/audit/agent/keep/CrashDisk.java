package energy.audit.agent.keep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk that remembers each change in order, and that can be cut off after any of them. What an image holds then: all that
 * was forced, and of the rest, file by file and name by name, whatever the image's chance lets through. An unforced write is
 * lost, whole, torn at any byte, or there in its length with zeros or garbage in place of the bytes; later writes may
 * survive earlier ones, and names may survive without bytes and bytes without names.
 */
final class CrashDisk implements Disk {
    /** What happens to changes that nobody forced. */
    enum Unforced {
        LOST,
        KEPT,
        BY_CHANCE
    }

    private enum Kind {
        WRITE,
        TRUNCATE,
        FORCE,
        NAME,
        UNNAME,
        RENAME,
        DIRECTORY,
        FORCE_NAMES
    }

    /** {@code at}: offset or new size. {@code path}: the name, or the directory whose names are forced. */
    private record Change(
            Kind kind,
            int file,
            long at,
            byte[] bytes,
            @Nullable Path path,
            @Nullable Path from) {}

    private final Map<Path, Integer> names = new TreeMap<>();
    private final Map<Integer, byte[]> contents = new HashMap<>();
    private final Set<Path> directories = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();
    private final Map<Path, Integer> namesBefore;
    private final Map<Integer, byte[]> contentsBefore;
    private final Set<Path> directoriesBefore;
    private int lastFile;

    CrashDisk(Path root) {
        this(Map.of(), Map.of(), Set.of(root), 0);
    }

    private CrashDisk(Map<Path, Integer> names, Map<Integer, byte[]> contents, Set<Path> directories, int lastFile) {
        this.names.putAll(names);
        this.contents.putAll(contents);
        this.directories.addAll(directories);
        this.namesBefore = Map.copyOf(names);
        this.contentsBefore = new HashMap<>(contents);
        this.directoriesBefore = Set.copyOf(directories);
        this.lastFile = lastFile;
    }

    /** How many changes there were. */
    int changes() {
        return changes.size();
    }

    /** The disk as a machine finds it that lost its power after the first {@code upTo} changes. */
    CrashDisk after(int upTo, Unforced unforced, Random chance) {
        Map<Integer, Integer> forced = new HashMap<>();
        Map<Path, Integer> namesForced = new HashMap<>();
        for (int i = 0; i < upTo; i++) {
            Change change = changes.get(i);
            if (change.kind() == Kind.FORCE) {
                forced.put(change.file(), i);
            } else if (change.kind() == Kind.FORCE_NAMES) {
                namesForced.put(change.path(), i);
            }
        }
        Map<Path, Integer> itsNames = new HashMap<>(namesBefore);
        Map<Integer, byte[]> itsContents = new HashMap<>(contentsBefore);
        Set<Path> itsDirectories = new HashSet<>(directoriesBefore);
        for (int i = 0; i < upTo; i++) {
            Change change = changes.get(i);
            switch (change.kind()) {
                case WRITE, TRUNCATE -> {
                    boolean durable = i < forced.getOrDefault(change.file(), -1);
                    byte[] before = itsContents.getOrDefault(change.file(), new byte[0]);
                    itsContents.put(
                            change.file(),
                            durable ? applied(before, change) : survived(before, change, unforced, chance));
                }
                case NAME, UNNAME, RENAME, DIRECTORY -> {
                    Path path = Objects.requireNonNull(change.path());
                    boolean durable = i < namesForced.getOrDefault(path.getParent(), -1);
                    if (durable || letThrough(unforced, chance)) {
                        apply(change, path, itsNames, itsDirectories);
                    }
                }
                default -> {
                    // forcing changes nothing by itself
                }
            }
        }
        itsNames.keySet().removeIf(path -> !itsDirectories.contains(path.getParent()));
        itsNames.values().forEach(file -> itsContents.putIfAbsent(file, new byte[0]));
        return new CrashDisk(itsNames, itsContents, itsDirectories, lastFile);
    }

    /** Does the first {@code upTo} changes to another, empty disk, as a process did that was killed then: nothing is lost. */
    void copyUnforced(CrashDisk other, int upTo) {
        for (Change change : changes.subList(0, upTo)) {
            other.changes.add(change);
            other.lastFile = Math.max(other.lastFile, change.file());
            if (change.kind() == Kind.WRITE || change.kind() == Kind.TRUNCATE) {
                other.contents.merge(change.file(), new byte[0], (had, none) -> had);
                other.contents.computeIfPresent(change.file(), (file, had) -> applied(had, change));
            } else if (change.path() != null && change.kind() != Kind.FORCE_NAMES) {
                apply(change, change.path(), other.names, other.directories);
                other.contents.putIfAbsent(change.file(), new byte[0]);
            }
        }
    }

    private static boolean letThrough(Unforced unforced, Random chance) {
        return unforced == Unforced.KEPT || unforced == Unforced.BY_CHANCE && chance.nextBoolean();
    }

    private static void apply(Change change, Path path, Map<Path, Integer> names, Set<Path> directories) {
        if (change.kind() == Kind.DIRECTORY) {
            directories.add(path);
        } else if (change.kind() == Kind.UNNAME) {
            names.remove(path);
        } else {
            if (change.from() != null) {
                names.remove(change.from());
            }
            names.put(path, change.file());
        }
    }

    private static byte[] survived(byte[] before, Change change, Unforced unforced, Random chance) {
        if (unforced == Unforced.LOST) {
            return before;
        }
        int fate = unforced == Unforced.KEPT ? 1 : chance.nextInt(5);
        if (fate == 0) {
            return before;
        }
        if (fate == 1 || change.kind() == Kind.TRUNCATE) {
            return applied(before, change);
        }
        int torn = chance.nextInt(change.bytes().length + 1);
        if (fate == 2) {
            return applied(before, write(change, Arrays.copyOf(change.bytes(), torn)));
        }
        byte[] bytes = Arrays.copyOf(Arrays.copyOf(change.bytes(), torn), change.bytes().length);
        if (fate == 3) {
            byte[] garbage = new byte[bytes.length - torn];
            chance.nextBytes(garbage);
            System.arraycopy(garbage, 0, bytes, torn, garbage.length);
        }
        return applied(before, write(change, bytes));
    }

    private static Change write(Change like, byte[] bytes) {
        return new Change(Kind.WRITE, like.file(), like.at(), bytes, null, null);
    }

    private static byte[] applied(byte[] before, Change change) {
        if (change.kind() == Kind.TRUNCATE) {
            return before.length <= change.at() ? before : Arrays.copyOf(before, (int) change.at());
        }
        if (change.bytes().length == 0) {
            return before;
        }
        int end = (int) change.at() + change.bytes().length;
        byte[] after = Arrays.copyOf(before, Math.max(before.length, end));
        System.arraycopy(change.bytes(), 0, after, (int) change.at(), change.bytes().length);
        return after;
    }

    private void note(Kind kind, int file, long at, byte[] bytes, @Nullable Path path, @Nullable Path from) {
        changes.add(new Change(kind, file, at, bytes, path, from));
    }

    @Override
    public Opened open(Path file) throws IOException {
        if (!directories.contains(file.getParent())) {
            throw new NoSuchFileException(file.toString());
        }
        if (!names.containsKey(file)) {
            names.put(file, ++lastFile);
            contents.put(lastFile, new byte[0]);
            note(Kind.NAME, lastFile, 0, new byte[0], file, null);
        }
        return openToRead(file);
    }

    @Override
    public Opened openToRead(Path file) throws IOException {
        Integer number = names.get(file);
        if (number == null) {
            throw new NoSuchFileException(file.toString());
        }
        return new OpenedFile(number);
    }

    @Override
    public boolean exists(Path path) {
        return names.containsKey(path) || directories.contains(path);
    }

    @Override
    public List<Path> list(Path directory) {
        return names.keySet().stream()
                .filter(path -> directory.equals(path.getParent()))
                .toList();
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        if (directories.contains(directory)) {
            return;
        }
        makeDirectory(Disk.parentOf(directory));
        directories.add(directory);
        note(Kind.DIRECTORY, 0, 0, new byte[0], directory, null);
        forceNames(Disk.parentOf(directory));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Integer number = names.remove(from);
        if (number == null) {
            throw new NoSuchFileException(from.toString());
        }
        names.put(to, number);
        note(Kind.RENAME, number, 0, new byte[0], to, from);
    }

    @Override
    public void delete(Path file) {
        if (names.remove(file) != null) {
            note(Kind.UNNAME, 0, 0, new byte[0], file, null);
        }
    }

    @Override
    public void forceNames(Path directory) {
        note(Kind.FORCE_NAMES, 0, 0, new byte[0], directory, null);
    }

    private final class OpenedFile implements Opened {
        private final int number;

        private OpenedFile(int number) {
            this.number = number;
        }

        private byte[] bytes() {
            return Objects.requireNonNull(contents.get(number));
        }

        @Override
        public long size() {
            return bytes().length;
        }

        @Override
        public int read(ByteBuffer into, long at) {
            if (at >= bytes().length) {
                return -1;
            }
            int n = Math.min(into.remaining(), bytes().length - (int) at);
            into.put(bytes(), (int) at, n);
            return n;
        }

        @Override
        public int write(ByteBuffer from, long at) {
            byte[] written = new byte[from.remaining()];
            from.get(written);
            note(Kind.WRITE, number, at, written, null, null);
            contents.put(number, applied(bytes(), changes.get(changes.size() - 1)));
            return written.length;
        }

        @Override
        public void truncate(long bytes) {
            note(Kind.TRUNCATE, number, bytes, new byte[0], null, null);
            contents.put(number, applied(bytes(), changes.get(changes.size() - 1)));
        }

        @Override
        public void force() {
            note(Kind.FORCE, number, 0, new byte[0], null, null);
        }

        @Override
        public void close() {
            // nothing is held open
        }
    }
}
