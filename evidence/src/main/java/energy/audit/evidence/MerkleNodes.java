package energy.audit.evidence;

/**
 * Storage of a log's complete subtrees. Level 0 holds the leaves; node {@code index} of level {@code l} covers the
 * leaves {@code index·2^l} to {@code (index+1)·2^l − 1}. A node that was put never changes.
 */
public interface MerkleNodes {
    /** The node that was put there; asking for one that was not is an error. */
    Hash node(int level, long index);

    void put(int level, long index, Hash hash);

    /** How many leaves there are. */
    long size();
}
