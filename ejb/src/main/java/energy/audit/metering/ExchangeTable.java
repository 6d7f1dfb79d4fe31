package energy.audit.metering;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.SiteId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** SQL of table {@code meter_exchange}. */
final class ExchangeTable {
    private static final String OF_SITE =
            "select log_index, content from meter_exchange where site_id = ? and log_index < ? order by log_index";
    private static final String NEWEST = """
            select log_index, content from meter_exchange
            where site_id = ? and meter_id = ? and at = ? order by log_index desc limit 1""";
    private static final String BY_KEY = "select log_index, content from meter_exchange where idempotency_key = ?";
    private static final String INSERT = """
            insert into meter_exchange (tenant_id, log_index, site_id, meter_id, at, content, idempotency_key)
            values (?, ?, ?, ?, ?, ?, ?)""";

    private final Tenancy tenancy;

    /** An exchange as it was logged. */
    record Logged(long logIndex, MeterExchange message) {
        boolean says(byte[] content) {
            return Arrays.equals(message.toByteArray(), content);
        }
    }

    ExchangeTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** In the order of the log. */
    List<Logged> of(SiteId site, LogSize asKnownAt) {
        return tenancy.sql("read meter exchanges", connection -> {
            try (PreparedStatement select = connection.prepareStatement(OF_SITE)) {
                select.setString(1, site.value());
                select.setLong(2, asKnownAt.entries());
                return rows(select);
            }
        });
    }

    /** The newest entry that speaks of a meter and an instant. */
    Optional<Logged> newest(SiteId site, String meter, Instant at) {
        return tenancy.sql("look for an exchange of the same instant", connection -> {
            try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
                select.setString(1, site.value());
                select.setString(2, meter);
                select.setTimestamp(3, Timestamp.from(at));
                return rows(select).stream().findFirst();
            }
        });
    }

    Optional<Logged> byKey(String idempotencyKey) {
        return tenancy.sql("look for an exchange of the same request", connection -> {
            try (PreparedStatement select = connection.prepareStatement(BY_KEY)) {
                select.setString(1, idempotencyKey);
                return rows(select).stream().findFirst();
            }
        });
    }

    void add(long logIndex, SiteId site, MeterExchange exchange, Optional<String> idempotencyKey) {
        tenancy.run("keep a meter exchange", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, tenancy.current().value());
                insert.setLong(2, logIndex);
                insert.setString(3, site.value());
                insert.setString(4, exchange.getMeter());
                insert.setTimestamp(5, Timestamp.from(Instant.ofEpochMilli(exchange.getAtMs())));
                insert.setBytes(6, exchange.toByteArray());
                insert.setString(7, idempotencyKey.orElse(null));
                insert.executeUpdate();
            }
        });
    }

    private static List<Logged> rows(PreparedStatement select) throws SQLException {
        List<Logged> logged = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                logged.add(new Logged(rows.getLong(1), parsed(rows.getLong(1), rows.getBytes(2))));
            }
        }
        return logged;
    }

    private static MeterExchange parsed(long logIndex, byte[] content) {
        try {
            return MeterExchange.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new Fault(
                    "PROJECTION_DAMAGED",
                    "meter exchange of log entry " + logIndex,
                    String.valueOf(e.getMessage()),
                    "Compare it with the entry's payload.",
                    e);
        }
    }
}
