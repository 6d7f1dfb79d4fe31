package energy.audit.fleet;

import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.DeviceHealth;
import energy.audit.kernel.AgentId;
import energy.audit.tenancy.Tenancy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SQL of tables {@code device_vitals} and {@code device_hour}. Counters grow from an agent's start on, so what is lost, late
 * or told twice changes no sum: only differences to what is stored count. The last counts before a restart that no batch has
 * told are not known to anybody.
 */
final class DeviceTable {
    /** A device that answers as ever is written this often; its counters lose nothing meanwhile. */
    private static final Duration REST = Duration.ofMinutes(1);

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_WORDS = 400;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final String STORED = """
            select device_id, boot_id, sequence, at, reads, failures, timeouts, crc_errors, refusals, no_connection,
              last_cause, last_failed_at from device_vitals where agent_id = ?""";
    private static final String UPSERT = """
            insert into device_vitals (tenant_id, agent_id, device_id, boot_id, sequence, at, reads, failures, timeouts,
              crc_errors, refusals, no_connection, last_cause, last_failure, last_failed_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant_id, agent_id, device_id) do update set boot_id = excluded.boot_id,
              sequence = excluded.sequence, at = excluded.at, reads = excluded.reads, failures = excluded.failures,
              timeouts = excluded.timeouts, crc_errors = excluded.crc_errors, refusals = excluded.refusals,
              no_connection = excluded.no_connection, last_cause = excluded.last_cause,
              last_failure = excluded.last_failure, last_failed_at = excluded.last_failed_at""";
    private static final String ADD = """
            insert into device_hour as h (tenant_id, agent_id, device_id, hour, reads, failures, timeouts, crc_errors,
              refusals, no_connection) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant_id, agent_id, device_id, hour) do update set reads = h.reads + excluded.reads,
              failures = h.failures + excluded.failures, timeouts = h.timeouts + excluded.timeouts,
              crc_errors = h.crc_errors + excluded.crc_errors, refusals = h.refusals + excluded.refusals,
              no_connection = h.no_connection + excluded.no_connection""";
    private static final String SELECT = """
            select v.agent_id, v.device_id, v.at, v.reads, v.failures, v.timeouts, v.crc_errors, v.refusals,
              v.no_connection, coalesce(sum(h.reads), 0), coalesce(sum(h.failures), 0), coalesce(sum(h.timeouts), 0),
              coalesce(sum(h.crc_errors), 0), coalesce(sum(h.refusals), 0), coalesce(sum(h.no_connection), 0),
              v.last_cause, v.last_failure, v.last_failed_at
            from device_vitals v left join device_hour h on h.tenant_id = v.tenant_id and h.agent_id = v.agent_id
              and h.device_id = v.device_id and h.hour >= ?
            group by v.tenant_id, v.agent_id, v.device_id order by v.agent_id, v.device_id""";
    private static final String HOURS = """
            select hour, reads, failures, timeouts, crc_errors, refusals, no_connection from device_hour
            where agent_id = ? and device_id = ? and hour >= ? order by hour""";

    private record Stored(
            byte[] boot,
            long sequence,
            Instant at,
            DeviceCounts counts,
            String cause,
            @Nullable Timestamp failedAt) {}

    private final Tenancy tenancy;

    DeviceTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** @param batches of one agent, ascending in sequence: the newest of each of its starts */
    void note(String agent, List<Batch> batches) {
        tenancy.run("note how devices are", connection -> {
            Map<String, Stored> stored = stored(connection, agent);
            try (PreparedStatement upsert = connection.prepareStatement(UPSERT);
                    PreparedStatement add = connection.prepareStatement(ADD)) {
                for (Batch batch : batches) {
                    for (DeviceHealth device : batch.getHealth().getDevicesList()) {
                        note(batch, device, stored, upsert, add);
                    }
                    upsert.executeBatch();
                    add.executeBatch();
                }
            }
        });
    }

    private void note(
            Batch batch,
            DeviceHealth device,
            Map<String, Stored> stored,
            PreparedStatement upsert,
            PreparedStatement add)
            throws SQLException {
        String name = plain(device.getDevice(), LONGEST_NAME);
        byte[] boot = batch.getClock().getBootId().toByteArray();
        Timestamp at = time(batch.getClock().getSealedAtMs());
        DeviceCounts counts = new DeviceCounts(
                device.getReads(),
                device.getFailures(),
                device.getTimeouts(),
                device.getCrcErrors(),
                device.getRefusals(),
                device.getNoConnection());
        @Nullable Stored before = stored.get(name);
        if (before != null && batch.getSequence() <= before.sequence()) {
            return;
        }
        @Nullable Stored sameStart = before != null && Arrays.equals(before.boot(), boot) ? before : null;
        DeviceCounts more = counts.since(sameStart == null ? DeviceCounts.NONE : sameStart.counts());
        String cause = plain(device.getLastCause(), LONGEST_NAME);
        if (sameStart != null
                && more.failures() == 0
                && cause.equals(sameStart.cause())
                && Duration.between(sameStart.at(), at.toInstant()).abs().compareTo(REST) < 0) {
            return;
        }
        @Nullable Timestamp failedAt = more.failures() > 0 ? at : before == null ? null : before.failedAt();
        upsert.setString(1, tenancy.current().value());
        upsert.setString(2, batch.getAgent());
        upsert.setString(3, name);
        upsert.setBytes(4, boot);
        upsert.setLong(5, batch.getSequence());
        upsert.setTimestamp(6, at);
        bind(upsert, 7, counts);
        upsert.setString(13, cause);
        upsert.setString(14, plain(device.getLastFailure(), LONGEST_WORDS));
        upsert.setTimestamp(15, failedAt);
        upsert.addBatch();
        add.setString(1, tenancy.current().value());
        add.setString(2, batch.getAgent());
        add.setString(3, name);
        add.setTimestamp(4, Timestamp.from(at.toInstant().truncatedTo(ChronoUnit.HOURS)));
        bind(add, 5, more);
        add.addBatch();
        stored.put(name, new Stored(boot, batch.getSequence(), at.toInstant(), counts, cause, failedAt));
    }

    private static void bind(PreparedStatement statement, int from, DeviceCounts counts) throws SQLException {
        statement.setLong(from, counts.reads());
        statement.setLong(from + 1, counts.failures());
        statement.setLong(from + 2, counts.timeouts());
        statement.setLong(from + 3, counts.crcErrors());
        statement.setLong(from + 4, counts.refusals());
        statement.setLong(from + 5, counts.noConnection());
    }

    private static Map<String, Stored> stored(Connection connection, String agent) throws SQLException {
        Map<String, Stored> stored = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(STORED)) {
            select.setString(1, agent);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    stored.put(
                            rows.getString(1),
                            new Stored(
                                    rows.getBytes(2),
                                    rows.getLong(3),
                                    rows.getTimestamp(4).toInstant(),
                                    counts(rows, 5),
                                    rows.getString(11),
                                    rows.getTimestamp(12)));
                }
            }
        }
        return stored;
    }

    private static DeviceCounts counts(ResultSet row, int from) throws SQLException {
        return new DeviceCounts(
                row.getLong(from),
                row.getLong(from + 1),
                row.getLong(from + 2),
                row.getLong(from + 3),
                row.getLong(from + 4),
                row.getLong(from + 5));
    }

    /** @param recentFrom beginning of the hours whose sums are wanted beside the counters */
    List<DeviceState> all(Instant recentFrom) {
        return tenancy.sql("read how devices are", connection -> {
            List<DeviceState> all = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT)) {
                select.setTimestamp(1, Timestamp.from(recentFrom.truncatedTo(ChronoUnit.HOURS)));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        all.add(new DeviceState(
                                AgentId.of(rows.getString(1)),
                                rows.getString(2),
                                rows.getTimestamp(3).toInstant(),
                                counts(rows, 4),
                                counts(rows, 10),
                                rows.getString(16),
                                rows.getString(17),
                                Optional.ofNullable(rows.getTimestamp(18)).map(Timestamp::toInstant)));
                    }
                }
            }
            return all;
        });
    }

    List<DeviceHour> hours(AgentId agent, String device, Instant from) {
        return tenancy.sql("read error rates of a device", connection -> {
            List<DeviceHour> hours = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(HOURS)) {
                select.setString(1, agent.value());
                select.setString(2, device);
                select.setTimestamp(3, Timestamp.from(from));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        hours.add(new DeviceHour(rows.getTimestamp(1).toInstant(), counts(rows, 2)));
                    }
                }
            }
            return hours;
        });
    }

    /** An agent's own time; a clock that is centuries off must not break the database. */
    static Timestamp time(long ms) {
        Instant told = Instant.ofEpochMilli(ms);
        Instant sane = told.isBefore(EARLIEST) ? EARLIEST : told.isAfter(LATEST) ? LATEST : told;
        return Timestamp.from(sane);
    }

    /** A sender chooses the words: short, and without control characters, which a text column may not hold either. */
    static String plain(String text, int longest) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= longest ? clean : clean.substring(0, longest);
    }
}
