package energy.audit.log;

import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Hash;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.MerkleLog;
import energy.audit.evidence.MerkleNodes;
import energy.audit.kernel.Fault;
import energy.audit.log.LogTable.StoredLeaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fsck of a tenant's log: builds the tree anew from the entries' bytes. */
final class LogCheck {
    private static final int STRETCH = 500;

    private final LogTable table;
    private final LogProofs stored;
    private final String checkpoint;
    private final LogKey key;
    private final List<String> findings = new ArrayList<>();

    LogCheck(LogTable table, LogProofs stored, String checkpoint, LogKey key) {
        this.table = table;
        this.stored = stored;
        this.checkpoint = checkpoint;
        this.key = key;
    }

    List<String> findings() {
        RightEdge edge = new RightEdge();
        MerkleLog tree = new MerkleLog(edge);
        List<StoredLeaf> leaves = table.leaves(0, STRETCH);
        while (!leaves.isEmpty()) {
            for (StoredLeaf leaf : leaves) {
                if (leaf.index() != edge.size()) {
                    findings.add("entry " + edge.size() + " is missing; the next one is " + leaf.index());
                    return findings;
                }
                if (!leaf.computed().equals(leaf.stored())) {
                    findings.add("entry " + leaf.index() + " has other bytes than when it was appended");
                }
                tree.append(leaf.stored());
            }
            leaves = table.leaves(edge.size(), STRETCH);
        }
        compare(edge.size(), tree);
        return findings;
    }

    private void compare(long size, MerkleLog tree) {
        if (size != stored.size()) {
            findings.add("the head says " + stored.size() + " entries, there are " + size);
            return;
        }
        Hash root = tree.root(size);
        try {
            if (!root.equals(stored.root())) {
                findings.add("the stored nodes give root " + stored.root().hex() + ", the leaves " + root.hex());
            }
            Checkpoint opened =
                    Checkpoint.open(checkpoint, key.name(), key.key().verificationKey());
            if (opened.size() != size || !opened.root().equals(root)) {
                findings.add("the newest checkpoint is over size " + opened.size() + " with root "
                        + opened.root().hex() + ", the leaves give " + root.hex());
            }
        } catch (MalformedEvidence | Fault e) {
            findings.add("the newest checkpoint or a node of the tree cannot be used: " + e.getMessage());
        }
    }

    /** Keeps only what appending and the newest root need: one node a level. */
    private static final class RightEdge implements MerkleNodes {
        private final Map<Integer, Long> indexes = new HashMap<>();
        private final Map<Integer, Hash> hashes = new HashMap<>();
        private long size;

        @Override
        public Hash node(int level, long index) {
            Hash hash = hashes.get(level);
            Long at = indexes.get(level);
            if (hash == null || at == null || at != index) {
                throw new IllegalStateException("node " + level + "/" + index + " is not on the right edge");
            }
            return hash;
        }

        @Override
        public void put(int level, long index, Hash hash) {
            // a left node is needed until its right sibling comes; a right one only by its parent, which comes at once
            if ((index & 1) == 0) {
                hashes.put(level, hash);
                indexes.put(level, index);
            }
            if (level == 0) {
                size = index + 1;
            }
        }

        @Override
        public long size() {
            return size;
        }
    }
}
