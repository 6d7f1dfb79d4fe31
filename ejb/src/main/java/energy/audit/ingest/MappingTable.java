package energy.audit.ingest;

import energy.audit.evidence.Hash;
import energy.audit.evidence.wire.Batch;
import energy.audit.kernel.AgentId;
import energy.audit.tenancy.Tenancy;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** SQL of table {@code agent_mapping}: the device mappings that batches carry. */
final class MappingTable {
    private static final String INSERT = """
            insert into agent_mapping (tenant_id, log_index, agent_id, sequence, sealed_at, content, content_sha256)
            values (?, ?, ?, ?, ?, ?, ?)""";
    private static final String SELECT = """
            select log_index, sequence, sealed_at, content, content_sha256 from agent_mapping
            where agent_id = ? order by sequence""";

    private final Tenancy tenancy;

    MappingTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** @param body a batch with a mapping, admitted as this entry */
    void insert(long logIndex, Batch body) {
        tenancy.run("keep the device mapping of a batch", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, tenancy.current().value());
                insert.setLong(2, logIndex);
                insert.setString(3, body.getAgent());
                insert.setLong(4, body.getSequence());
                insert.setTimestamp(
                        5, Timestamp.from(Instant.ofEpochMilli(body.getClock().getSealedAtMs())));
                insert.setBytes(6, body.getMapping().toByteArray());
                insert.setBytes(7, body.getMappingSha256().toByteArray());
                insert.executeUpdate();
            }
        });
    }

    List<AnnouncedMapping> of(AgentId agent) {
        return tenancy.sql("read the device mappings of an agent", connection -> {
            List<AnnouncedMapping> mappings = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT)) {
                select.setString(1, agent.value());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        Hash sha256 = Hash.of(rows.getBytes(5));
                        boolean repeated = !mappings.isEmpty()
                                && mappings.get(mappings.size() - 1).sha256().equals(sha256);
                        if (!repeated) {
                            mappings.add(new AnnouncedMapping(
                                    agent,
                                    rows.getLong(1),
                                    rows.getLong(2),
                                    rows.getTimestamp(3).toInstant(),
                                    new String(rows.getBytes(4), StandardCharsets.UTF_8),
                                    sha256));
                        }
                    }
                }
            }
            return mappings;
        });
    }
}
