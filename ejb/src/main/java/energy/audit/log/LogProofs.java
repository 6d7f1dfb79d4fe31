package energy.audit.log;

import energy.audit.evidence.Hash;
import energy.audit.evidence.MerkleLog;
import energy.audit.kernel.Refusal;
import java.util.List;

/** Proofs over one size of the current tenant's log; for use inside the transaction that asked for them. */
public final class LogProofs {
    private final MerkleLog tree;
    private final long size;

    LogProofs(MerkleLog tree, long size) {
        this.tree = tree;
        this.size = size;
    }

    /** The size that everything here is about. */
    public long size() {
        return size;
    }

    /** RFC 6962 root. */
    public Hash root() {
        return tree.root(size);
    }

    /** RFC 6962 root of an earlier size. */
    public Hash rootAt(long earlier) {
        inside("root of size", earlier, 0, size);
        return tree.root(earlier);
    }

    /** RFC 6962 audit path of an entry, leaf side first. */
    public List<Hash> inclusion(long index) {
        inside("inclusion of entry", index, 0, size - 1);
        return tree.inclusion(index, size);
    }

    /** RFC 6962 proof that this size continues the earlier one. */
    public List<Hash> consistency(long from) {
        inside("consistency from size", from, 1, size);
        return tree.consistency(from, size);
    }

    private void inside(String what, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw Refusal.notFound(
                    "NOT_IN_LOG",
                    what + " " + value,
                    "the log has " + size + " entries at the size that was asked for",
                    "Ask for " + lowest + " to " + highest + ".");
        }
    }
}
