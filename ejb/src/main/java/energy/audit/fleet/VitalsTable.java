package energy.audit.fleet;

import energy.audit.evidence.wire.AgentHealth;
import energy.audit.evidence.wire.Batch;
import energy.audit.kernel.AgentId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** SQL of table {@code agent_vitals}. */
final class VitalsTable {
    private static final int LONGEST_VERSION = 100;

    private static final String INSERT = """
            insert into agent_vitals (tenant_id, agent_id, heard_at, sequence, sealed_at, version, poll_interval_ms,
              cycle_p99_ms, kept_batches, kept_bytes, buffer_max_bytes, disk_free_bytes, oldest_kept_at,
              clock_synchronised, clock_error_ms)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant_id, agent_id) do update set heard_at = excluded.heard_at, sequence = excluded.sequence,
              sealed_at = excluded.sealed_at, version = excluded.version, poll_interval_ms = excluded.poll_interval_ms,
              cycle_p99_ms = excluded.cycle_p99_ms, kept_batches = excluded.kept_batches,
              kept_bytes = excluded.kept_bytes, buffer_max_bytes = excluded.buffer_max_bytes,
              disk_free_bytes = excluded.disk_free_bytes, oldest_kept_at = excluded.oldest_kept_at,
              clock_synchronised = excluded.clock_synchronised, clock_error_ms = excluded.clock_error_ms
            where excluded.sequence >= agent_vitals.sequence""";

    /** A batch that is not the newest still says that the agent speaks. */
    private static final String HEARD =
            "update agent_vitals set heard_at = ? where agent_id = ? and heard_at < ? and sequence > ?";

    private static final String SELECT = """
            select agent_id, sequence, heard_at, sealed_at, version, poll_interval_ms, cycle_p99_ms, kept_batches,
              kept_bytes, buffer_max_bytes, disk_free_bytes, oldest_kept_at, clock_synchronised, clock_error_ms
            from agent_vitals order by agent_id""";

    private final Tenancy tenancy;

    VitalsTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** @param newest of each agent, the batch with the highest sequence */
    void note(Collection<Batch> newest, Instant now) {
        tenancy.run("note how agents are", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT);
                    PreparedStatement heard = connection.prepareStatement(HEARD)) {
                for (Batch batch : newest) {
                    bind(insert, batch, now);
                    insert.addBatch();
                    heard.setTimestamp(1, Timestamp.from(now));
                    heard.setString(2, batch.getAgent());
                    heard.setTimestamp(3, Timestamp.from(now));
                    heard.setLong(4, batch.getSequence());
                    heard.addBatch();
                }
                insert.executeBatch();
                heard.executeBatch();
            }
        });
    }

    private void bind(PreparedStatement insert, Batch batch, Instant now) throws SQLException {
        AgentHealth health = batch.getHealth();
        insert.setString(1, tenancy.current().value());
        insert.setString(2, batch.getAgent());
        insert.setTimestamp(3, Timestamp.from(now));
        insert.setLong(4, batch.getSequence());
        insert.setTimestamp(5, DeviceTable.time(batch.getClock().getSealedAtMs()));
        insert.setString(6, DeviceTable.plain(health.getVersion(), LONGEST_VERSION));
        insert.setInt(7, Math.max(0, health.getPollIntervalMs()));
        insert.setInt(8, Math.max(0, health.getCycleP99Ms()));
        insert.setLong(9, Math.max(0, health.getKeptBatches()));
        insert.setLong(10, Math.max(0, health.getKeptBytes()));
        insert.setLong(11, Math.max(0, health.getBufferMaxBytes()));
        insert.setLong(12, Math.max(0, health.getDiskFreeBytes()));
        insert.setTimestamp(13, health.getOldestKeptMs() == 0 ? null : DeviceTable.time(health.getOldestKeptMs()));
        insert.setBoolean(14, batch.getClock().getSynchronised());
        insert.setLong(15, Integer.toUnsignedLong(batch.getClock().getErrorBoundMs()));
    }

    Map<AgentId, Vitals> all() {
        return tenancy.sql("read how agents are", connection -> {
            Map<AgentId, Vitals> all = new LinkedHashMap<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    AgentId agent = AgentId.of(rows.getString(1));
                    int interval = rows.getInt(6);
                    all.put(
                            agent,
                            new Vitals(
                                    agent,
                                    rows.getLong(2),
                                    rows.getTimestamp(3).toInstant(),
                                    rows.getTimestamp(4).toInstant(),
                                    rows.getString(5),
                                    interval > 0 ? Optional.of(Duration.ofMillis(interval)) : Optional.empty(),
                                    Duration.ofMillis(rows.getInt(7)),
                                    rows.getLong(8),
                                    rows.getLong(9),
                                    rows.getLong(10),
                                    rows.getLong(11),
                                    Optional.ofNullable(rows.getTimestamp(12)).map(Timestamp::toInstant),
                                    rows.getBoolean(13),
                                    rows.getLong(14)));
                }
            }
            return all;
        });
    }
}
