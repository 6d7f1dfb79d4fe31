package energy.audit.evidence;

import java.util.ArrayList;
import java.util.List;

/** An append-only log of RFC 6962 over stored complete subtrees: append, root and proofs in O(log n) node reads. */
public final class MerkleLog {
    private final MerkleNodes nodes;

    public MerkleLog(MerkleNodes nodes) {
        this.nodes = nodes;
    }

    /** @return the index of the leaf, from 0 */
    public long append(Hash leaf) {
        long index = nodes.size();
        nodes.put(0, index, leaf);
        Hash hash = leaf;
        int level = 0;
        for (long i = index; (i & 1) == 1; i >>>= 1) {
            hash = Merkle.node(nodes.node(level, i - 1), hash);
            level++;
            nodes.put(level, i >>> 1, hash);
        }
        return index;
    }

    /**
     * @param size 0 to the log's size
     * @throws IllegalArgumentException for any other
     */
    public Hash root(long size) {
        if (size < 0 || size > nodes.size()) {
            throw new IllegalArgumentException(
                    "The log has " + nodes.size() + " entries; asked for size " + size + ".");
        }
        return size == 0 ? Merkle.emptyRoot() : hash(0, size);
    }

    /** Audit path of a leaf, RFC 6962 section 2.1.1, from the leaf up. */
    public List<Hash> inclusion(long index, long size) {
        if (index < 0 || index >= size || size > nodes.size()) {
            throw new IllegalArgumentException("No inclusion proof of leaf " + index + " in size " + size
                    + ": the log has " + nodes.size() + " entries.");
        }
        List<Hash> path = new ArrayList<>();
        path(index, 0, size, path);
        return List.copyOf(path);
    }

    /** Consistency proof, RFC 6962 section 2.1.2; empty for equal sizes. {@code from} at least 1. */
    public List<Hash> consistency(long from, long to) {
        if (from < 1 || from > to || to > nodes.size()) {
            throw new IllegalArgumentException("No consistency proof from size " + from + " to " + to
                    + ": sizes start at 1, ascend, and the log has " + nodes.size() + " entries.");
        }
        List<Hash> proof = new ArrayList<>();
        subproof(from, 0, to, true, proof);
        return List.copyOf(proof);
    }

    private void path(long index, long start, long end, List<Hash> path) {
        if (end - start == 1) {
            return;
        }
        long middle = start + split(end - start);
        if (index < middle) {
            path(index, start, middle, path);
            path.add(hash(middle, end));
        } else {
            path(index, middle, end, path);
            path.add(hash(start, middle));
        }
    }

    private void subproof(long from, long start, long end, boolean whole, List<Hash> proof) {
        if (from == end) {
            if (!whole) {
                proof.add(hash(start, end));
            }
            return;
        }
        long middle = start + split(end - start);
        if (from <= middle) {
            subproof(from, start, middle, whole, proof);
            proof.add(hash(middle, end));
        } else {
            subproof(from, middle, end, false, proof);
            proof.add(hash(start, middle));
        }
    }

    /** Hash of the leaves start to end - 1, where start is a multiple of the power of two not below their number. */
    private Hash hash(long start, long end) {
        long size = end - start;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return nodes.node(level, start >>> level);
        }
        long middle = start + split(size);
        return Merkle.node(hash(start, middle), hash(middle, end));
    }

    /** The largest power of two smaller than n, for n at least 2. */
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }
}
