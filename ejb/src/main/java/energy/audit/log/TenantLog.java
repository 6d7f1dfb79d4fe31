package energy.audit.log;

import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Hash;
import energy.audit.evidence.LogEntries;
import energy.audit.evidence.Merkle;
import energy.audit.evidence.MerkleLog;
import energy.audit.evidence.ReceiptSigner;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.Receipt;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Open;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import energy.audit.log.LogTable.Head;
import energy.audit.log.LogTable.NewEntry;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The current tenant's log. Everything here runs inside {@link Tenancy#within}. It asks for no permissions, since it
 * lies below the room that knows them: whoever shows an entry to somebody asks first.
 */
@ApplicationScoped
public class TenantLog {
    private static final String BELOW_ACCESS = "lies below the room that knows permissions; callers ask";

    private final Tenancy tenancy;
    private final LogKey key;
    private final Clock clock;
    private final LogTable table;
    private final ReceiptSigner receipts;

    @Inject
    public TenantLog(Tenancy tenancy, LogKey key, Clock clock) {
        this.tenancy = tenancy;
        this.key = key;
        this.clock = clock;
        this.table = new LogTable(tenancy);
        this.receipts = new ReceiptSigner(key.key());
    }

    /** Makes an empty log for the current tenant; does nothing when there is one. */
    @Open(BELOW_ACCESS)
    public void open() {
        table.open(tenancy.current());
    }

    /**
     * Appends entries in the order given. Others of this tenant wait from here to the end of the transaction, so that
     * indexes have no holes and commit in order.
     *
     * @param drafts at least one
     * @return their indexes, and one checkpoint, signed over the log with them
     */
    @Open(BELOW_ACCESS)
    public Appended append(List<EntryDraft> drafts) {
        if (drafts.isEmpty()) {
            throw new IllegalArgumentException("nothing to append");
        }
        TenantId tenant = tenancy.current();
        Head head = table.head(true);
        StoredNodes nodes = new StoredNodes(tenancy, head.size());
        nodes.readEdge();
        MerkleLog tree = new MerkleLog(nodes);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);

        List<NewEntry> entries = new ArrayList<>();
        for (EntryDraft draft : drafts) {
            byte[] bytes = LogEntries.entry(draft.kind(), now.toEpochMilli(), draft.actor(), draft.payload());
            Hash leaf = Merkle.leaf(bytes);
            entries.add(new NewEntry(tree.append(leaf), draft.kind(), draft.actor(), bytes, leaf));
        }
        table.insert(tenant, now, entries);
        nodes.flush(tenant);

        long size = nodes.size();
        Hash root = tree.root(size);
        String checkpoint = signed(size, root);
        table.move(size, root, checkpoint);
        return new Appended(
                entries.stream().map(NewEntry::index).toList(), now, size, checkpoint, new LogProofs(tree, size));
    }

    /** Appends one entry. @return its index */
    @Open(BELOW_ACCESS)
    public long append(EntryDraft draft) {
        return append(List.of(draft)).indexes().get(0);
    }

    /** Waits until nobody else of this tenant appends, and keeps it so until the transaction ends. @return the size */
    @Open(BELOW_ACCESS)
    public LogSize lock() {
        return LogSize.of(table.head(true).size());
    }

    /** Number of entries now. Never {@link LogSize#NEWEST}. */
    @Open(BELOW_ACCESS)
    public LogSize size() {
        return LogSize.of(table.head(false).size());
    }

    /** A size that was asked for, as a number: NEWEST becomes the size now. Refuses one that the log has not reached. */
    @Open(BELOW_ACCESS)
    public LogSize resolved(LogSize asked) {
        LogSize now = size();
        if (asked.isNewest()) {
            return now;
        }
        if (asked.compareTo(now) > 0) {
            throw Refusal.notFound(
                    "NOT_IN_LOG",
                    "log size " + asked.entries(),
                    "the log has " + now.entries() + " entries",
                    "Ask for a size up to that.");
        }
        return asked;
    }

    /** Signed note (C2SP tlog-checkpoint) over the log as it is now. */
    @Open(BELOW_ACCESS)
    public String checkpoint() {
        Head head = table.head(false);
        return head.size() == 0 ? signed(0, Merkle.emptyRoot()) : head.checkpoint();
    }

    /** Signed note over an earlier size; the same text as when that size was the newest. */
    @Open(BELOW_ACCESS)
    public String checkpointAt(LogSize size) {
        LogSize resolved = resolved(size);
        return signed(resolved.entries(), root(resolved));
    }

    /** RFC 6962 root over a prefix. */
    @Open(BELOW_ACCESS)
    public Hash root(LogSize size) {
        return proofs(size).root();
    }

    /** Proofs over a prefix, sharing what they read; for several proofs in one transaction. */
    @Open(BELOW_ACCESS)
    public LogProofs proofs(LogSize size) {
        long entries = resolved(size).entries();
        return new LogProofs(new MerkleLog(new StoredNodes(tenancy, entries)), entries);
    }

    /** RFC 6962 audit path of an entry in a prefix, leaf side first. */
    @Open(BELOW_ACCESS)
    public List<Hash> inclusion(long index, LogSize size) {
        return proofs(size).inclusion(index);
    }

    /** RFC 6962 proof that a prefix continues a shorter one. */
    @Open(BELOW_ACCESS)
    public List<Hash> consistency(LogSize from, LogSize to) {
        return proofs(to).consistency(from.entries());
    }

    /** Entries of a kind in a prefix, in log order. All of them are read: not for telemetry. */
    @Open(BELOW_ACCESS)
    public List<StoredEntry> entries(EntryKind kind, LogSize upTo) {
        return table.byKind(kind, upTo.entries());
    }

    /** Entries by index, in log order. */
    @Open(BELOW_ACCESS)
    public List<StoredEntry> entries(List<Long> indexes) {
        List<StoredEntry> entries = table.byIndex(indexes);
        if (entries.size() != indexes.stream().distinct().count()) {
            throw Refusal.notFound(
                    "NOT_IN_LOG",
                    "entries " + indexes,
                    "only " + entries.size() + " of them exist",
                    "Ask for existing ones.");
        }
        return entries;
    }

    /** One entry. */
    @Open(BELOW_ACCESS)
    public StoredEntry entry(long index) {
        return entries(List.of(index)).get(0);
    }

    /**
     * Recomputes the whole log from the stored bytes of its entries, and compares: leaves, root, and the newest
     * checkpoint. Takes a while for a long log.
     *
     * @return what does not fit, in words; empty when the log is whole
     */
    @Open(BELOW_ACCESS)
    public List<String> check() {
        return new LogCheck(table, proofs(LogSize.NEWEST), checkpoint(), key).findings();
    }

    /** Signs a receipt with the log's key. @return a serialised SignedReceipt */
    @Open(BELOW_ACCESS)
    public byte[] signReceipt(Receipt receipt) {
        return receipts.sign(receipt);
    }

    /** The key that checks checkpoints and receipts. */
    @Open("public by its nature")
    public VerificationKey verificationKey() {
        return key.key().verificationKey();
    }

    /** Names this installation in the origin of every log. */
    @Open("public by its nature")
    public String installation() {
        return key.installation();
    }

    /** {@code energy-audit/{installation}/{tenant}}. */
    @Open("public by its nature")
    public String origin() {
        return key.origin(tenancy.current());
    }

    private String signed(long size, Hash root) {
        return new Checkpoint(origin(), size, root).signedNote(key.name(), key.key());
    }
}
