package energy.audit.agent.keep;

/** The segment log has reached the size that {@code buffer.max-bytes} allows; nothing was written. */
public final class BufferFull extends Exception {
    private static final long serialVersionUID = 1L;

    BufferFull(long keptBytes, long maxBytes) {
        super(keptBytes + " of " + maxBytes
                + " bytes are taken by batches that wait for a receipt. Restore the connection to"
                + " the backend, or raise buffer.max-bytes in audit-engine.conf");
    }
}
