package energy.audit.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A grant as a record of table {@code access_grant}; the truth is the log's entry. Only its revocation is written later. */
@Entity
@Table(name = "access_grant")
class GrantRow {
    @Id
    @Column(name = "log_index")
    private long logIndex;

    @TenantId
    @Column(name = "tenant_id")
    private @Nullable String tenant;

    @Column(updatable = false)
    private String person = "";

    @Column(updatable = false)
    private String role = "";

    @Column(name = "from_at", updatable = false)
    private Instant from = Instant.EPOCH;

    @Column(name = "to_at", updatable = false)
    private @Nullable Instant to;

    @Column(updatable = false)
    private String reason = "";

    @Column(name = "revoked_by")
    private @Nullable Long revokedBy;

    /** Used by Hibernate. */
    protected GrantRow() {}

    GrantRow(Grant grant) {
        this.logIndex = grant.logIndex();
        this.person = grant.person();
        this.role = grant.role().text();
        this.from = grant.from();
        this.to = grant.to().orElse(null);
        this.reason = grant.reason();
    }

    void revoke(long byEntry) {
        revokedBy = byEntry;
    }

    Grant grant() {
        return new Grant(person, Role.of(role), from, Optional.ofNullable(to), reason, revokedBy != null, logIndex);
    }
}
