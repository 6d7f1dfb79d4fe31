package energy.audit.ingest;

import energy.audit.evidence.wire.Batch;
import energy.audit.kernel.AgentId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** SQL of table {@code agent_contact}: what an agent's newest batch tells about it. */
final class ContactTable {
    private static final String UPSERT = """
            insert into agent_contact (tenant_id, agent_id, last_contact_at, last_sequence, last_sealed_at,
              last_receipt_at, witnessed_size, kept_batches, clock_synchronised, clock_error_ms, version)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant_id, agent_id) do update set
              last_contact_at = excluded.last_contact_at, last_sequence = excluded.last_sequence,
              last_sealed_at = excluded.last_sealed_at, last_receipt_at = excluded.last_receipt_at,
              witnessed_size = greatest(agent_contact.witnessed_size, excluded.witnessed_size),
              kept_batches = excluded.kept_batches, clock_synchronised = excluded.clock_synchronised,
              clock_error_ms = excluded.clock_error_ms, version = excluded.version
            where excluded.last_sequence >= agent_contact.last_sequence""";
    private static final String SELECT = """
            select agent_id, last_contact_at, last_sequence, last_sealed_at, last_receipt_at, witnessed_size,
                   kept_batches, clock_synchronised from agent_contact""";

    private final Tenancy tenancy;

    /** A row. */
    record Contact(
            Instant lastContact,
            long lastSequence,
            Instant lastSealed,
            Instant lastReceipt,
            long witnessedSize,
            long keptBatches,
            boolean clockSynchronised) {}

    ContactTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** @param newest of each agent, the batch with the highest sequence */
    void note(Collection<Batch> newest, Instant now) {
        tenancy.run("note contact with agents", connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
                for (Batch batch : newest) {
                    upsert.setString(1, tenancy.current().value());
                    upsert.setString(2, batch.getAgent());
                    upsert.setTimestamp(3, Timestamp.from(now));
                    upsert.setLong(4, batch.getSequence());
                    upsert.setTimestamp(
                            5,
                            Timestamp.from(Instant.ofEpochMilli(batch.getClock().getSealedAtMs())));
                    upsert.setTimestamp(6, Timestamp.from(now));
                    upsert.setLong(7, batch.getWitnessed().getSize());
                    upsert.setLong(8, batch.getHealth().getKeptBatches());
                    upsert.setBoolean(9, batch.getClock().getSynchronised());
                    upsert.setLong(10, Integer.toUnsignedLong(batch.getClock().getErrorBoundMs()));
                    upsert.setString(11, QuarantineTable.plain(batch.getHealth().getVersion(), 100));
                    upsert.addBatch();
                }
                upsert.executeBatch();
            }
        });
    }

    Map<AgentId, Contact> contacts() {
        return tenancy.sql("read contacts of agents", connection -> {
            Map<AgentId, Contact> contacts = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    contacts.put(
                            AgentId.of(rows.getString(1)),
                            new Contact(
                                    rows.getTimestamp(2).toInstant(),
                                    rows.getLong(3),
                                    rows.getTimestamp(4).toInstant(),
                                    rows.getTimestamp(5).toInstant(),
                                    rows.getLong(6),
                                    rows.getLong(7),
                                    rows.getBoolean(8)));
                }
            }
            return contacts;
        });
    }
}
