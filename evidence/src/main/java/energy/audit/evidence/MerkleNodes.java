package energy.audit.evidence;

/**
 * Where a log's hashes lie. Only complete subtrees are stored: node (level, index) covers the leaves index x 2^level to
 * (index + 1) x 2^level - 1, and is written once, never changed.
 */
public interface MerkleNodes {
    /** The stored hash. Asked only for nodes that were put. */
    Hash node(int level, long index);

    void put(int level, long index, Hash hash);

    /** Number of leaves (level 0) that were put. */
    long size();
}
