package energy.audit.ingest;

import energy.audit.evidence.Hash;
import energy.audit.kernel.AgentId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** SQL of table {@code batch_claim}: who has a sequence. */
final class ClaimTable {
    private static final String SELECT = """
            select c.agent_id, c.sequence, c.sha256, c.previous_sha256, c.log_index
            from unnest(?::text[], ?::bigint[]) k (agent_id, sequence)
            join batch_claim c on c.agent_id = k.agent_id and c.sequence = k.sequence""";
    private static final String INSERT = """
            insert into batch_claim (tenant_id, agent_id, sequence, sha256, previous_sha256, log_index)
            select ?, c.agent_id, c.sequence, c.sha256, c.previous, c.log_index
            from unnest(?::text[], ?::bigint[], ?::bytea[], ?::bytea[], ?::bigint[])
                 c (agent_id, sequence, sha256, previous, log_index)""";

    private final Tenancy tenancy;

    /** A place in an agent's sequence. */
    record Place(AgentId agent, long sequence) {
        Place next() {
            return new Place(agent, sequence + 1);
        }

        Place previous() {
            return new Place(agent, sequence - 1);
        }
    }

    /** A batch that has its place. */
    record Claim(Place place, Hash hash, Hash previous, long logIndex) {}

    ClaimTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    Map<Place, Claim> claims(Collection<Place> places) {
        return tenancy.sql("look up claims of batches", connection -> {
            Map<Place, Claim> claims = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT)) {
                select.setArray(
                        1,
                        connection.createArrayOf(
                                "text",
                                places.stream().map(p -> p.agent().value()).toArray(String[]::new)));
                select.setObject(2, places.stream().mapToLong(Place::sequence).toArray());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        Place place = new Place(AgentId.of(rows.getString(1)), rows.getLong(2));
                        claims.put(
                                place,
                                new Claim(
                                        place, Hash.of(rows.getBytes(3)), Hash.of(rows.getBytes(4)), rows.getLong(5)));
                    }
                }
            }
            return claims;
        });
    }

    void insert(List<Claim> claims) {
        tenancy.run("claim sequences of batches", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, tenancy.current().value());
                insert.setArray(
                        2,
                        connection.createArrayOf(
                                "text",
                                claims.stream()
                                        .map(c -> c.place().agent().value())
                                        .toArray(String[]::new)));
                insert.setObject(
                        3, claims.stream().mapToLong(c -> c.place().sequence()).toArray());
                insert.setArray(
                        4,
                        connection.createArrayOf(
                                "bytea",
                                claims.stream().map(c -> c.hash().bytes()).toArray(byte[][]::new)));
                insert.setArray(
                        5,
                        connection.createArrayOf(
                                "bytea",
                                claims.stream().map(c -> c.previous().bytes()).toArray(byte[][]::new)));
                insert.setObject(6, claims.stream().mapToLong(Claim::logIndex).toArray());
                insert.executeUpdate();
            }
        });
    }
}
