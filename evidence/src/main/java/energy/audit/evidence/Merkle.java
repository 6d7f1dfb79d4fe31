package energy.audit.evidence;

import java.util.List;

/** Hashing and proof checking of RFC 6962, section 2.1 (checking as in RFC 9162, 2.1.3.2 and 2.1.4.2). */
public final class Merkle {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private Merkle() {}

    /** SHA-256(0x00 ‖ entry). */
    public static Hash leaf(byte[] entry) {
        return Hash.sha256(LEAF, entry);
    }

    /** SHA-256(0x01 ‖ left ‖ right). */
    public static Hash node(Hash left, Hash right) {
        return Hash.sha256(NODE, left.bytes(), right.bytes());
    }

    /** The root of a log without entries: SHA-256 of nothing. */
    public static Hash emptyRoot() {
        return Hash.sha256();
    }

    /** Whether the leaf is entry {@code index} of the tree with that size and root. */
    public static boolean includes(Hash leaf, long index, long size, List<Hash> path, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long position = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((position & 1) == 1 || position == last) {
                hash = node(sibling, hash);
                while ((position & 1) == 0 && position != 0) {
                    position >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            position >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /**
     * Whether the tree of size {@code to} continues the tree of size {@code from}. A proof from size 0 shows nothing and
     * is refused.
     */
    public static boolean consistent(long from, long to, Hash fromRoot, Hash toRoot, List<Hash> proof) {
        if (from <= 0 || from > to) {
            return false;
        }
        if (from == to) {
            return proof.isEmpty() && fromRoot.equals(toRoot);
        }
        int next = 0;
        Hash seed;
        if (Long.bitCount(from) == 1) {
            seed = fromRoot;
        } else if (proof.isEmpty()) {
            return false;
        } else {
            seed = proof.get(next++);
        }
        long position = from - 1;
        long last = to - 1;
        while ((position & 1) == 1) {
            position >>>= 1;
            last >>>= 1;
        }
        Hash old = seed;
        Hash now = seed;
        for (; next < proof.size(); next++) {
            Hash sibling = proof.get(next);
            if (last == 0) {
                return false;
            }
            if ((position & 1) == 1 || position == last) {
                old = node(sibling, old);
                now = node(sibling, now);
                while ((position & 1) == 0 && position != 0) {
                    position >>>= 1;
                    last >>>= 1;
                }
            } else {
                now = node(now, sibling);
            }
            position >>>= 1;
            last >>>= 1;
        }
        return last == 0 && old.equals(fromRoot) && now.equals(toRoot);
    }
}
