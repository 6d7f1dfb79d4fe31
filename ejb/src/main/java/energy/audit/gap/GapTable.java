package energy.audit.gap;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.wire.SignedGap;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.SiteId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** SQL of table {@code signed_gap}. */
final class GapTable {
    private static final String OF_SITE =
            "select log_index, signed_by, content from signed_gap where site_id = ? and log_index < ? order by log_index";
    private static final String INSERT =
            "insert into signed_gap (tenant_id, log_index, site_id, signed_by, content) values (?, ?, ?, ?, ?)";

    private final Tenancy tenancy;

    /** A signed gap as it was logged. */
    record Logged(long logIndex, String by, SignedGap message) {}

    GapTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** In the order of the log. */
    List<Logged> of(SiteId site, LogSize asKnownAt) {
        return tenancy.sql("read signed gaps", connection -> {
            try (PreparedStatement select = connection.prepareStatement(OF_SITE)) {
                select.setString(1, site.value());
                select.setLong(2, asKnownAt.entries());
                List<Logged> logged = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        logged.add(new Logged(
                                rows.getLong(1), rows.getString(2), parsed(rows.getLong(1), rows.getBytes(3))));
                    }
                }
                return logged;
            }
        });
    }

    void add(long logIndex, String by, SignedGap gap) {
        tenancy.run("keep a signed gap", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, tenancy.current().value());
                insert.setLong(2, logIndex);
                insert.setString(3, gap.getSite());
                insert.setString(4, by);
                insert.setBytes(5, gap.toByteArray());
                insert.executeUpdate();
            }
        });
    }

    private static SignedGap parsed(long logIndex, byte[] content) {
        try {
            return SignedGap.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new Fault(
                    "PROJECTION_DAMAGED",
                    "signed gap of log entry " + logIndex,
                    String.valueOf(e.getMessage()),
                    "Compare it with the entry's payload.",
                    e);
        }
    }
}
