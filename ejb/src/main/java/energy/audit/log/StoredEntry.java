package energy.audit.log;

import energy.audit.evidence.wire.EntryKind;
import java.time.Instant;

/**
 * An entry as it stands in the log.
 *
 * @param index place in the log, from 0
 * @param bytes the serialised {@code LogEntry}, byte for byte as hashed; not copied
 * @param payload the payload inside it; not copied
 */
public record StoredEntry(long index, EntryKind kind, Instant admittedAt, String actor, byte[] bytes, byte[] payload) {}
