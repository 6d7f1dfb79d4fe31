package energy.audit.ingest;

import energy.audit.ingest.Admission.Reason;
import energy.audit.kernel.AgentId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** SQL of tables {@code quarantine}, {@code stray_message} and {@code ingest_alarm}. */
final class QuarantineTable {
    private static final String INSERT = """
            insert into quarantine (tenant_id, quarantine_id, at, topic, agent_id, sequence, reason, detail, payload)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String STRAY =
            "insert into stray_message (stray_id, at, topic, reason, payload) values (?, ?, ?, ?, ?)";
    private static final String COLUMNS = """
            select quarantine_id, at, topic, agent_id, sequence, reason, detail, octet_length(payload), admitted_as
            from quarantine""";
    private static final String ALARM = """
            insert into ingest_alarm (tenant_id, alarm_id, at, kind, agent_id, sequence, detail)
            values (?, ?, ?, ?, ?, ?, ?)""";
    private static final int LONGEST_TOPIC = 300;
    private static final int LONGEST_DETAIL = 2_000;

    private final Tenancy tenancy;

    /** A refused message as kept. */
    record Kept(QuarantinedMessage message, byte[] payload) {}

    QuarantineTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Text that the database takes: without NUL, cut to a length. */
    static String plain(String text, int longest) {
        String clean = text.replace('\0', '?');
        return clean.length() > longest ? clean.substring(0, longest) : clean;
    }

    void keep(QuarantinedMessage message, byte[] payload) {
        tenancy.run("keep a refused message", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, tenancy.current().value());
                insert.setObject(2, message.id());
                insert.setTimestamp(3, Timestamp.from(message.at()));
                insert.setString(4, plain(message.topic(), LONGEST_TOPIC));
                insert.setString(5, plain(message.agent(), LONGEST_TOPIC));
                insert.setLong(6, message.sequence());
                insert.setString(7, message.reason().name());
                insert.setString(8, plain(message.detail(), LONGEST_DETAIL));
                insert.setBytes(9, payload);
                insert.executeUpdate();
            }
        });
    }

    /** Outside a tenant: see {@link Tenancy#outside}. */
    void keepStray(UUID id, Instant at, String topic, Reason reason, byte[] payload) {
        tenancy.run("keep a message of no tenant", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(STRAY)) {
                insert.setObject(1, id);
                insert.setTimestamp(2, Timestamp.from(at));
                insert.setString(3, plain(topic, LONGEST_TOPIC));
                insert.setString(4, reason.name());
                insert.setBytes(5, payload);
                insert.executeUpdate();
            }
        });
    }

    List<QuarantinedMessage> newest(int limit) {
        return tenancy.sql("read refused messages", connection -> {
            List<QuarantinedMessage> messages = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(COLUMNS + " order by at desc limit ?")) {
                select.setInt(1, limit);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        messages.add(message(rows));
                    }
                }
            }
            return messages;
        });
    }

    /** Locks it until the transaction ends. */
    Optional<Kept> kept(UUID id) {
        String query = COLUMNS.replace(" admitted_as", " admitted_as, payload") + " where quarantine_id = ? for update";
        return tenancy.sql("read a refused message", connection -> {
            try (PreparedStatement select = connection.prepareStatement(query)) {
                select.setObject(1, id);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(new Kept(message(row), row.getBytes(10))) : Optional.empty();
                }
            }
        });
    }

    void admitted(UUID id, long logIndex) {
        tenancy.run("note that a refused message was admitted", connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update quarantine set admitted_as = ? where quarantine_id = ?")) {
                update.setLong(1, logIndex);
                update.setObject(2, id);
                update.executeUpdate();
            }
        });
    }

    void refusedAgain(UUID id, Reason reason, String detail) {
        tenancy.run("note that a message was refused again", connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update quarantine set reason = ?, detail = ? where quarantine_id = ?")) {
                update.setString(1, reason.name());
                update.setString(2, plain(detail, LONGEST_DETAIL));
                update.setObject(3, id);
                update.executeUpdate();
            }
        });
    }

    void raise(IngestAlarm alarm) {
        tenancy.run("raise an alarm", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(ALARM)) {
                insert.setString(1, tenancy.current().value());
                insert.setObject(2, UUID.randomUUID());
                insert.setTimestamp(3, Timestamp.from(alarm.at()));
                insert.setString(4, alarm.kind().name());
                insert.setString(5, alarm.agent().value());
                insert.setLong(6, alarm.sequence());
                insert.setString(7, plain(alarm.detail(), LONGEST_DETAIL));
                insert.executeUpdate();
            }
        });
    }

    List<IngestAlarm> alarms(int limit) {
        return tenancy.sql("read alarms of ingest", connection -> {
            List<IngestAlarm> alarms = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select kind, at, agent_id, sequence, detail from ingest_alarm order by at desc limit ?")) {
                select.setInt(1, limit);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        alarms.add(new IngestAlarm(
                                IngestAlarm.Kind.valueOf(rows.getString(1)),
                                rows.getTimestamp(2).toInstant(),
                                AgentId.of(rows.getString(3)),
                                rows.getLong(4),
                                rows.getString(5)));
                    }
                }
            }
            return alarms;
        });
    }

    private static QuarantinedMessage message(ResultSet row) throws SQLException {
        long admittedAs = row.getLong(9);
        Optional<Long> index = row.wasNull() ? Optional.empty() : Optional.of(admittedAs);
        return new QuarantinedMessage(
                row.getObject(1, UUID.class),
                row.getTimestamp(2).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                Reason.valueOf(row.getString(6)),
                row.getString(7),
                row.getInt(8),
                index);
    }
}
