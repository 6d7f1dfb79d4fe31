package energy.audit.evidence;

import java.util.List;

/**
 * Hashing and proof checking of RFC 6962 / RFC 9162 section 2.1. Sizes and indices are 0 to 2^63 - 1; a negative long is
 * refused, never read as unsigned.
 */
public final class Merkle {
    private static final byte[] LEAF_PREFIX = {0};
    private static final byte[] NODE_PREFIX = {1};
    private static final Hash EMPTY_ROOT = Hash.sha256();

    private Merkle() {}

    /** SHA-256(0x00 || entry). */
    public static Hash leaf(byte[] entry) {
        return Hash.sha256(LEAF_PREFIX, entry);
    }

    /** SHA-256(0x01 || left || right). */
    public static Hash node(Hash left, Hash right) {
        return Hash.sha256(NODE_PREFIX, left.bytes(), right.bytes());
    }

    /** SHA-256 of nothing: the root of a log of size 0. */
    public static Hash emptyRoot() {
        return EMPTY_ROOT;
    }

    /**
     * Inclusion, RFC 9162 section 2.1.3.2.
     *
     * @param index of the leaf, 0 to size - 1; anything else is refused
     * @param size of the tree whose root is given
     */
    public static boolean includes(Hash leaf, long index, long size, List<Hash> path, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = node(sibling, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && hash.equals(root);
    }

    /**
     * Consistency, RFC 9162 section 2.1.4.2. From size 0 everything would be consistent, so by policy 0 is refused.
     *
     * @param from earlier size, at least 1
     * @param to later size, at least {@code from}; equal sizes need equal roots and an empty proof
     */
    public static boolean consistent(long from, long to, Hash fromRoot, Hash toRoot, List<Hash> proof) {
        if (from < 1 || to < from) {
            return false;
        }
        if (from == to) {
            return proof.isEmpty() && fromRoot.equals(toRoot);
        }
        boolean fromIsComplete = Long.bitCount(from) == 1;
        if (proof.isEmpty()) {
            return false;
        }
        long fn = from - 1;
        long sn = to - 1;
        while ((fn & 1) == 1) {
            fn >>>= 1;
            sn >>>= 1;
        }
        Hash first = fromIsComplete ? fromRoot : proof.get(0);
        Hash second = first;
        for (Hash c : proof.subList(fromIsComplete ? 0 : 1, proof.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                first = node(c, first);
                second = node(c, second);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                second = node(second, c);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && first.equals(fromRoot) && second.equals(toRoot);
    }
}
