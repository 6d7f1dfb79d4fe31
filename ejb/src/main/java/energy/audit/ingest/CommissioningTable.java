package energy.audit.ingest;

import com.google.protobuf.ByteString;
import energy.audit.evidence.Commissioning;
import energy.audit.evidence.Hash;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.CommissioningRecord;
import energy.audit.kernel.AgentId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** SQL of table {@code agent_commissioning}: the commissioning records that batches carry. */
final class CommissioningTable {
    /** An agent that crashed between keeping a batch and noting it carries a record twice; the first counts. */
    private static final String INSERT = """
            insert into agent_commissioning
              (tenant_id, log_index, position, agent_id, sequence, record, record_sha256, public_key, signature, signature_fits)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant_id, agent_id, record_sha256) do nothing""";

    private static final String SELECT = """
            select log_index, agent_id, sequence, record, public_key, signature, signature_fits from agent_commissioning
            order by log_index desc, position desc limit 500""";

    private final Tenancy tenancy;

    CommissioningTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * A record whose own signature does not fit is kept too, and marked: the readings beside it must not be lost for it.
     *
     * @param body a batch, admitted as this entry
     * @param knownKey whether a raw key is, or was, the agent's
     */
    void insert(long logIndex, Batch body, Predicate<byte[]> knownKey) {
        if (body.getCommissioningCount() == 0) {
            return;
        }
        tenancy.run("keep the commissioning records of a batch", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (int position = 0; position < body.getCommissioningCount(); position++) {
                    CommissioningRecord signed = body.getCommissioning(position);
                    byte[] record = signed.getRecord().toByteArray();
                    byte[] key = signed.getPublicKey().toByteArray();
                    insert.setString(1, tenancy.current().value());
                    insert.setLong(2, logIndex);
                    insert.setInt(3, position);
                    insert.setString(4, body.getAgent());
                    insert.setLong(5, body.getSequence());
                    insert.setBytes(6, record);
                    insert.setBytes(7, Hash.sha256(record).bytes());
                    insert.setBytes(8, key);
                    insert.setBytes(9, signed.getSignature().toByteArray());
                    insert.setBoolean(10, Commissioning.isSignedByItsKey(signed) && knownKey.test(key));
                    insert.executeUpdate();
                }
            }
        });
    }

    List<CommissionedRegister> newest() {
        return tenancy.sql("read commissioning records", connection -> {
            List<CommissionedRegister> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new CommissionedRegister(
                            AgentId.of(rows.getString(2)),
                            rows.getLong(1),
                            rows.getLong(3),
                            CommissioningRecord.newBuilder()
                                    .setRecord(ByteString.copyFrom(rows.getBytes(4)))
                                    .setPublicKey(ByteString.copyFrom(rows.getBytes(5)))
                                    .setSignature(ByteString.copyFrom(rows.getBytes(6)))
                                    .build(),
                            rows.getBoolean(7)));
                }
            }
            return found;
        });
    }
}
