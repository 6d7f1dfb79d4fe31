package energy.audit.metering;

import energy.audit.kernel.SiteId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.ZoneId;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A site as its newest configuration names it: a record of table {@code site}. */
@Entity
@Table(name = "site")
class SiteRow {
    @Id
    @Column(name = "site_id")
    private String id = "";

    @TenantId
    @Column(name = "tenant_id")
    private @Nullable String tenant;

    private String name = "";
    private String zone = "";

    @Column(name = "log_index")
    private long logIndex;

    /** Used by Hibernate. */
    protected SiteRow() {}

    SiteRow(SiteId id) {
        this.id = id.value();
    }

    void follow(SiteConfiguration configuration) {
        name = configuration.site().name();
        zone = configuration.site().zone().getId();
        logIndex = configuration.logIndex();
    }

    Site site() {
        return new Site(SiteId.of(id), name, ZoneId.of(zone));
    }

    /** Entry of the log that this record follows. */
    long logIndex() {
        return logIndex;
    }
}
