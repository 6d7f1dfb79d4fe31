package energy.audit.verifier;

/** A file that cannot be judged at all: exit status 2. The message names the file and what to do. */
final class UnreadableFile extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableFile(String message) {
        super(message);
    }
}
