package energy.audit.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** As whom PostgreSQL runs: it refuses to be root. */
enum RunAs {
    /** We are an ordinary user. */
    SELF(List.of()),
    /** We are root: a user namespace in which we have no name, so that our files stay ours. */
    NAMESPACE(List.of("unshare", "-U")),
    /** We are root where namespaces are forbidden: the user nobody, who then owns the database's files. */
    NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

    private static final int NOBODY_ID = 65534;

    private final List<String> prefix;

    RunAs(List<String> prefix) {
        this.prefix = prefix;
    }

    static RunAs forPostgres() {
        if (!isRoot()) {
            return SELF;
        }
        for (RunAs candidate : List.of(NAMESPACE, NOBODY)) {
            java.util.ArrayList<String> trial = new java.util.ArrayList<>(candidate.prefix);
            trial.add("true");
            if (Tools.onPath(candidate.prefix.get(0)) && Tools.succeeds(trial)) {
                return candidate;
            }
        }
        throw new StackFailure(
                "PostgreSQL",
                "refuses to run as root, and neither 'unshare -U' nor 'setpriv --reuid' works here",
                "Run ./energy-audit as an ordinary user, or install util-linux");
    }

    static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    List<String> prefix() {
        return prefix;
    }

    /** Gives a file or folder to that user; nothing to do for an ordinary user. */
    void own(Path path) throws IOException {
        if (this != SELF) {
            int id = this == NOBODY ? NOBODY_ID : 0;
            Files.setAttribute(path, "unix:uid", id);
            Files.setAttribute(path, "unix:gid", id);
        }
    }

    /** Gives a folder with all it holds to that user, where an earlier start left it to another one. */
    void ownAll(Path folder) throws IOException {
        boolean ours = this == SELF
                || Integer.valueOf(this == NOBODY ? NOBODY_ID : 0).equals(Files.getAttribute(folder, "unix:uid"));
        if (!ours) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.toList()) {
                    own(path);
                }
            }
        }
    }
}
