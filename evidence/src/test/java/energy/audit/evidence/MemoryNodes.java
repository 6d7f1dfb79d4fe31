package energy.audit.evidence;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A log's hashes in memory; a node that was not put is an error, as is a second put. */
public final class MemoryNodes implements MerkleNodes {
    private final Map<String, Hash> nodes = new HashMap<>();
    private long size;

    @Override
    public Hash node(int level, long index) {
        return Objects.requireNonNull(nodes.get(level + "/" + index), () -> "node " + level + "/" + index);
    }

    @Override
    public void put(int level, long index, Hash hash) {
        if (nodes.put(level + "/" + index, hash) != null) {
            throw new IllegalStateException("node " + level + "/" + index + " was put twice");
        }
        if (level == 0) {
            size++;
        }
    }

    @Override
    public long size() {
        return size;
    }
}
