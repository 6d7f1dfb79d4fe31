package energy.audit.factor;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.wire.FactorTable;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** SQL of table {@code factor_table}. */
final class FactorStore {
    private static final String ALL =
            "select log_index, entered_by, entered_at, content from factor_table where log_index < ? order by log_index";
    private static final String INSERT = "insert into factor_table"
            + " (tenant_id, log_index, table_id, entered_by, entered_at, content) values (?, ?, ?, ?, ?, ?)";

    private final Tenancy tenancy;

    /** A table as it was logged. */
    record Logged(long logIndex, String by, Instant at, FactorTable message) {}

    FactorStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** In the order of the log. */
    List<Logged> all(LogSize asKnownAt) {
        return tenancy.sql("read factor tables", connection -> {
            try (PreparedStatement select = connection.prepareStatement(ALL)) {
                select.setLong(1, asKnownAt.entries());
                List<Logged> logged = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        logged.add(new Logged(
                                rows.getLong(1),
                                rows.getString(2),
                                rows.getTimestamp(3).toInstant(),
                                parsed(rows.getLong(1), rows.getBytes(4))));
                    }
                }
                return logged;
            }
        });
    }

    void add(Logged logged) {
        tenancy.run("keep a factor table", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, tenancy.current().value());
                insert.setLong(2, logged.logIndex());
                insert.setString(3, logged.message().getId());
                insert.setString(4, logged.by());
                insert.setTimestamp(5, Timestamp.from(logged.at()));
                insert.setBytes(6, logged.message().toByteArray());
                insert.executeUpdate();
            }
        });
    }

    private static FactorTable parsed(long logIndex, byte[] content) {
        try {
            return FactorTable.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new Fault(
                    "PROJECTION_DAMAGED",
                    "factor table of log entry " + logIndex,
                    String.valueOf(e.getMessage()),
                    "Compare it with the entry's payload.",
                    e);
        }
    }
}
