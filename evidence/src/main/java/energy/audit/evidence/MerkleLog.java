package energy.audit.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An append-only Merkle tree (RFC 6962) over stored nodes: roots and proofs for its every size. */
public final class MerkleLog {
    private final MerkleNodes nodes;

    public MerkleLog(MerkleNodes nodes) {
        this.nodes = nodes;
    }

    /** Appends a leaf and every subtree that it completes; returns the leaf's index. */
    public long append(Hash leaf) {
        long index = nodes.size();
        nodes.put(0, index, leaf);
        Hash hash = leaf;
        long position = index;
        for (int level = 1; (position & 1) == 1; level++) {
            hash = Merkle.node(nodes.node(level - 1, position - 1), hash);
            position >>>= 1;
            nodes.put(level, position, hash);
        }
        return index;
    }

    /** @throws IllegalArgumentException for a size that the log does not have yet */
    public Hash root(long size) {
        require(size >= 0 && size <= nodes.size(), "size " + size + " of a log with " + nodes.size() + " entries");
        return size == 0 ? Merkle.emptyRoot() : subtree(0, size);
    }

    /** The audit path of an entry in the tree of that size (RFC 6962, 2.1.1). */
    public List<Hash> inclusion(long index, long size) {
        require(size <= nodes.size(), "size " + size + " of a log with " + nodes.size() + " entries");
        require(index >= 0 && index < size, "entry " + index + " in a tree of size " + size);
        List<Hash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long split = from + largestPowerBelow(to - from);
            if (index < split) {
                path.add(subtree(split, to));
                to = split;
            } else {
                path.add(subtree(from, split));
                from = split;
            }
        }
        Collections.reverse(path);
        return path;
    }

    /** The proof that the tree of size {@code to} continues the one of size {@code from} (RFC 6962, 2.1.2). */
    public List<Hash> consistency(long from, long to) {
        require(to <= nodes.size(), "size " + to + " of a log with " + nodes.size() + " entries");
        require(from > 0 && from <= to, "from size " + from + " to size " + to);
        List<Hash> proof = new ArrayList<>();
        long start = 0;
        long end = to;
        boolean whole = true;
        while (from != end) {
            long split = start + largestPowerBelow(end - start);
            if (from <= split) {
                proof.add(subtree(split, end));
                end = split;
            } else {
                proof.add(subtree(start, split));
                start = split;
                whole = false;
            }
        }
        if (!whole) {
            proof.add(subtree(start, end));
        }
        Collections.reverse(proof);
        return proof;
    }

    /** The hash over leaves [from, to); from is a multiple of the largest power of two in to − from. */
    private Hash subtree(long from, long to) {
        long width = to - from;
        if (Long.bitCount(width) == 1) {
            int level = Long.numberOfTrailingZeros(width);
            return nodes.node(level, from >>> level);
        }
        long split = from + largestPowerBelow(width);
        return Merkle.node(subtree(from, split), subtree(split, to));
    }

    /** The largest power of two smaller than n, for n of at least 2. */
    private static long largestPowerBelow(long n) {
        return Long.highestOneBit(n - 1);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("there is no proof or root for " + what);
        }
    }
}
