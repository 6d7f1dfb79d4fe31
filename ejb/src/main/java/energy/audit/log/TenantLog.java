package energy.audit.log;

import energy.audit.evidence.Hash;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.kernel.LogSize;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** SIGNATURES, being filled. */
@ApplicationScoped
public class TenantLog {
    /** Appends in order; locks the head until the transaction ends; one signed checkpoint. */
    public Appended append(List<EntryDraft> drafts) { throw new UnsupportedOperationException(); }

    public long append(EntryDraft draft) { throw new UnsupportedOperationException(); }

    /** Size now, a number (never NEWEST). */
    public LogSize size() { throw new UnsupportedOperationException(); }

    /** Signed note over the newest head. */
    public String checkpoint() { throw new UnsupportedOperationException(); }

    /** Signed note over an earlier size. */
    public String checkpointAt(LogSize size) { throw new UnsupportedOperationException(); }

    public Hash root(LogSize size) { throw new UnsupportedOperationException(); }

    public List<Hash> inclusion(long index, LogSize size) { throw new UnsupportedOperationException(); }

    public List<Hash> consistency(LogSize from, LogSize to) { throw new UnsupportedOperationException(); }

    /** Entries of a kind below a size, in log order. */
    public List<StoredEntry> entries(EntryKind kind, LogSize upTo) { throw new UnsupportedOperationException(); }

    public StoredEntry entry(long index) { throw new UnsupportedOperationException(); }

    public List<StoredEntry> entries(List<Long> indexes) { throw new UnsupportedOperationException(); }

    public VerificationKey verificationKey() { throw new UnsupportedOperationException(); }

    public String installation() { throw new UnsupportedOperationException(); }

    /** {@code energy-audit/{installation}/{tenant}}. */
    public String origin() { throw new UnsupportedOperationException(); }
}
