package energy.audit.log;

import energy.audit.evidence.Hash;
import energy.audit.evidence.MerkleNodes;
import energy.audit.kernel.Fault;
import energy.audit.kernel.TenantId;
import energy.audit.tenancy.Tenancy;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hashes of complete subtrees in table {@code merkle_node}. Reads are remembered, writes are collected until
 * {@link #flush}. Lives for one transaction at most.
 */
final class StoredNodes implements MerkleNodes {
    private static final String NODE = "select hash from merkle_node where level = ? and idx = ?";
    private static final String NODES = """
            select n.level, n.idx, m.hash from unnest(?::int[], ?::bigint[]) n (level, idx)
            join merkle_node m on m.level = n.level and m.idx = n.idx""";
    private static final String PUT = """
            insert into merkle_node (tenant_id, level, idx, hash)
            select ?, n.level, n.idx, n.hash from unnest(?::int[], ?::bigint[], ?::bytea[]) n (level, idx, hash)""";

    private final Tenancy tenancy;
    private final Map<Place, Hash> known = new HashMap<>();
    private final List<Place> written = new ArrayList<>();
    private long size;

    private record Place(int level, long index) {}

    StoredNodes(Tenancy tenancy, long size) {
        this.tenancy = tenancy;
        this.size = size;
    }

    /** Reads the right edge in one go: what appending, the root and most proofs of new entries need. */
    void readEdge() {
        int count = Long.bitCount(size);
        int[] levels = new int[count];
        long[] indexes = new long[count];
        long covered = 0;
        int at = 0;
        for (long rest = size; rest != 0; rest &= ~Long.highestOneBit(rest)) {
            int level = Long.numberOfTrailingZeros(Long.highestOneBit(rest));
            levels[at] = level;
            indexes[at++] = covered >>> level;
            covered += 1L << level;
        }
        tenancy.run("read the edge of the Merkle tree", connection -> {
            try (PreparedStatement select = connection.prepareStatement(NODES)) {
                select.setObject(1, levels);
                select.setObject(2, indexes);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        known.put(new Place(rows.getInt(1), rows.getLong(2)), Hash.of(rows.getBytes(3)));
                    }
                }
            }
        });
    }

    @Override
    public Hash node(int level, long index) {
        return known.computeIfAbsent(new Place(level, index), this::read);
    }

    @Override
    public void put(int level, long index, Hash hash) {
        Place place = new Place(level, index);
        known.put(place, hash);
        written.add(place);
        if (level == 0) {
            size = index + 1;
        }
    }

    @Override
    public long size() {
        return size;
    }

    /** Writes what was put. */
    void flush(TenantId tenant) {
        int[] levels = written.stream().mapToInt(Place::level).toArray();
        long[] indexes = written.stream().mapToLong(Place::index).toArray();
        byte[][] hashes = written.stream()
                .map(place -> node(place.level(), place.index()).bytes())
                .toArray(byte[][]::new);
        written.clear();
        tenancy.run("write nodes of the Merkle tree", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(PUT)) {
                Array hashArray = connection.createArrayOf("bytea", hashes);
                insert.setString(1, tenant.value());
                insert.setObject(2, levels);
                insert.setObject(3, indexes);
                insert.setArray(4, hashArray);
                insert.executeUpdate();
            }
        });
    }

    private Hash read(Place place) {
        return tenancy.sql("read a node of the Merkle tree", connection -> {
            try (PreparedStatement select = connection.prepareStatement(NODE)) {
                select.setInt(1, place.level());
                select.setLong(2, place.index());
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        throw new Fault(
                                "LOG_DAMAGED",
                                "Merkle node " + place.level() + "/" + place.index() + " of " + tenancy.current(),
                                "it is not in the database, though the log has " + size + " entries",
                                "Restore the database; agents and earlier reports hold heads to compare with.",
                                null);
                    }
                    return Hash.of(row.getBytes(1));
                }
            }
        });
    }
}
