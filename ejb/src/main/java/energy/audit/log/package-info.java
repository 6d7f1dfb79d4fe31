/**
 * The tenant's append-only log: entries, Merkle tree, checkpoints and proofs. Knows bytes and kinds of entries, never
 * their meaning. Owns tables {@code log_head}, {@code log_entry}, {@code merkle_node}; the only writer of them.
 *
 * <p>Promises: R1 an entry is never changed or removed. R2 indexes have no holes, and entries of one tenant are appended
 * one transaction after the other. R3 a checkpoint of a transaction is signed only over entries that commit with it.
 * Not here: what is in an entry, who may read one.
 */
@Capability(door = TenantLog.class)
@NullMarked
package energy.audit.log;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
