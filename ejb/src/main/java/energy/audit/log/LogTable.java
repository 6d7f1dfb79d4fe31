package energy.audit.log;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.Hash;
import energy.audit.evidence.Merkle;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.LogEntry;
import energy.audit.kernel.Fault;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** SQL of tables {@code log_head} and {@code log_entry}. No query names a tenant: row-level security does. */
final class LogTable {
    private static final String OPEN =
            "insert into log_head (tenant_id, size, root) values (?, 0, ?) on conflict do nothing";
    private static final String HEAD = "select size, checkpoint from log_head";
    private static final String MOVE = "update log_head set size = ?, root = ?, checkpoint = ?";
    private static final String INSERT = """
            insert into log_entry (tenant_id, log_index, kind, admitted_at, actor, bytes, leaf_sha256)
            select ?, e.log_index, e.kind, ?, e.actor, e.bytes, e.leaf
            from unnest(?::bigint[], ?::int[], ?::text[], ?::bytea[], ?::bytea[])
                 e (log_index, kind, actor, bytes, leaf)""";
    private static final String BY_INDEX =
            "select log_index, bytes from log_entry where log_index = any (?) order by log_index";
    private static final String BY_KIND =
            "select log_index, bytes from log_entry where kind = ? and log_index < ? order by log_index";

    private static final String LEAVES =
            "select log_index, bytes, leaf_sha256 from log_entry where log_index >= ? order by log_index limit ?";

    private final Tenancy tenancy;

    /** The head as it stands. */
    record Head(long size, String checkpoint) {}

    LogTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    void open(TenantId tenant) {
        tenancy.run("open the log", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(OPEN)) {
                insert.setString(1, tenant.value());
                insert.setBytes(2, Merkle.emptyRoot().bytes());
                insert.executeUpdate();
            }
        });
    }

    /** Reads the head; with {@code lock}, nobody else of this tenant appends until this transaction ends. */
    Head head(boolean lock) {
        return tenancy.sql("read the head of the log", connection -> {
            try (PreparedStatement select = connection.prepareStatement(lock ? HEAD + " for update" : HEAD);
                    ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw Refusal.notFound(
                            "UNKNOWN_TENANT",
                            "log of tenant " + tenancy.current(),
                            "there is no such tenant",
                            "Open the tenant first.");
                }
                return new Head(row.getLong(1), row.getString(2));
            }
        });
    }

    void move(long size, Hash root, String checkpoint) {
        tenancy.run("move the head of the log", connection -> {
            try (PreparedStatement update = connection.prepareStatement(MOVE)) {
                update.setLong(1, size);
                update.setBytes(2, root.bytes());
                update.setString(3, checkpoint);
                update.executeUpdate();
            }
        });
    }

    void insert(TenantId tenant, Instant admittedAt, List<NewEntry> entries) {
        tenancy.run("append to the log", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, tenant.value());
                insert.setTimestamp(2, Timestamp.from(admittedAt));
                insert.setObject(3, entries.stream().mapToLong(NewEntry::index).toArray());
                insert.setObject(
                        4, entries.stream().mapToInt(e -> e.kind().getNumber()).toArray());
                insert.setArray(
                        5,
                        connection.createArrayOf(
                                "text", entries.stream().map(NewEntry::actor).toArray(String[]::new)));
                insert.setArray(
                        6,
                        connection.createArrayOf(
                                "bytea", entries.stream().map(NewEntry::bytes).toArray(byte[][]::new)));
                insert.setArray(
                        7,
                        connection.createArrayOf(
                                "bytea",
                                entries.stream().map(e -> e.leaf().bytes()).toArray(byte[][]::new)));
                insert.executeUpdate();
            }
        });
    }

    List<StoredEntry> byIndex(List<Long> indexes) {
        return tenancy.sql("read entries of the log", connection -> {
            try (PreparedStatement select = connection.prepareStatement(BY_INDEX)) {
                select.setObject(1, indexes.stream().mapToLong(Long::longValue).toArray());
                return entries(select);
            }
        });
    }

    List<StoredEntry> byKind(EntryKind kind, long upTo) {
        return tenancy.sql("read entries of the log", connection -> {
            try (PreparedStatement select = connection.prepareStatement(BY_KIND)) {
                select.setInt(1, kind.getNumber());
                select.setLong(2, upTo);
                return entries(select);
            }
        });
    }

    /** Leaves of a stretch of the log as the stored bytes hash to, and as stored beside them. */
    List<StoredLeaf> leaves(long from, int limit) {
        return tenancy.sql("read leaves of the log", connection -> {
            List<StoredLeaf> leaves = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(LEAVES)) {
                select.setLong(1, from);
                select.setInt(2, limit);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        leaves.add(new StoredLeaf(
                                rows.getLong(1), Merkle.leaf(rows.getBytes(2)), Hash.of(rows.getBytes(3))));
                    }
                }
            }
            return leaves;
        });
    }

    private static List<StoredEntry> entries(PreparedStatement select) throws SQLException {
        List<StoredEntry> entries = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                entries.add(opened(rows.getLong(1), rows.getBytes(2)));
            }
        }
        return entries;
    }

    private static StoredEntry opened(long index, byte[] bytes) {
        try {
            LogEntry entry = LogEntry.parseFrom(bytes);
            return new StoredEntry(
                    index,
                    entry.getKind(),
                    Instant.ofEpochMilli(entry.getAdmittedAtMs()),
                    entry.getActor(),
                    bytes,
                    entry.getPayload().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new Fault(
                    "LOG_DAMAGED",
                    "entry " + index + " of the log",
                    "its bytes are no log entry: " + e.getMessage(),
                    "Restore the database; the leaf's hash is in merkle_node.",
                    e);
        }
    }

    /** @param computed from the stored bytes @param stored when it was appended */
    record StoredLeaf(long index, Hash computed, Hash stored) {}

    /** An entry on its way into the log. */
    record NewEntry(long index, EntryKind kind, String actor, byte[] bytes, Hash leaf) {}
}
