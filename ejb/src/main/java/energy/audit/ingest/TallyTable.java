package energy.audit.ingest;

import energy.audit.ingest.Envelope.Publication;
import energy.audit.kernel.AgentId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * SQL of tables {@code agent_publication} and {@code ingest_count}: every publish of an agent is counted once, with what
 * became of it at its first arrival, so that a redelivery by the broker changes no number.
 */
final class TallyTable {
    /** Stands for the boot of messages that do not say which publish they are; they are numbered as they come. */
    static final String NO_BOOT = "";

    private static final String COUNTED_BEFORE = """
            select k.ord from unnest(?::text[], ?::text[], ?::bigint[]) with ordinality k (agent_id, boot, n, ord)
            join agent_publication p on p.agent_id = k.agent_id and p.boot = k.boot and p.received @> k.n""";
    private static final String RECEIVE = """
            insert into agent_publication (tenant_id, agent_id, boot, highest_n, received)
            select ?, k.agent_id, k.boot, max(k.n), range_agg(int8range(k.n, k.n, '[]'))
            from unnest(?::text[], ?::text[], ?::bigint[]) k (agent_id, boot, n) group by k.agent_id, k.boot
            on conflict (tenant_id, agent_id, boot) do update
            set highest_n = greatest(agent_publication.highest_n, excluded.highest_n),
                received = agent_publication.received + excluded.received""";
    private static final String COUNT = """
            insert into ingest_count (tenant_id, agent_id, outcome, messages) values (?, ?, ?, ?)
            on conflict (tenant_id, agent_id, outcome) do update
            set messages = ingest_count.messages + excluded.messages""";
    private static final String SENT = """
            select agent_id, sum(highest_n)::bigint,
                   sum((select coalesce(sum(upper(r) - lower(r)), 0) from unnest(received) r))::bigint
            from agent_publication group by agent_id""";

    private final Tenancy tenancy;

    /** A publish of an agent. */
    record Publish(AgentId agent, Publication publication) {}

    /** What became of messages: one row of the tally. */
    record Outcome(AgentId agent, String outcome) {}

    /** How many publishes an agent told of, and how many of them have come. */
    record Sent(long told, long received) {}

    TallyTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** The next number for a message of an agent that does not say which publish it is. */
    long nextWithoutBoot(AgentId agent) {
        return tenancy.sql("number a message", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select highest_n from agent_publication where agent_id = ? and boot = ?")) {
                select.setString(1, agent.value());
                select.setString(2, NO_BOOT);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getLong(1) + 1 : 1L;
                }
            }
        });
    }

    /** Notes publishes as received. @return those that were not received before */
    Set<Publish> receive(List<Publish> distinct) {
        String[] agents = distinct.stream().map(p -> p.agent().value()).toArray(String[]::new);
        String[] boots = distinct.stream().map(p -> p.publication().boot()).toArray(String[]::new);
        long[] numbers =
                distinct.stream().mapToLong(p -> p.publication().number()).toArray();
        return tenancy.sql("note publishes as received", connection -> {
            Set<Publish> fresh = new HashSet<>(distinct);
            try (PreparedStatement select = connection.prepareStatement(COUNTED_BEFORE)) {
                select.setArray(1, connection.createArrayOf("text", agents));
                select.setArray(2, connection.createArrayOf("text", boots));
                select.setObject(3, numbers);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        fresh.remove(distinct.get((int) rows.getLong(1) - 1));
                    }
                }
            }
            try (PreparedStatement insert = connection.prepareStatement(RECEIVE)) {
                insert.setString(1, tenancy.current().value());
                insert.setArray(2, connection.createArrayOf("text", agents));
                insert.setArray(3, connection.createArrayOf("text", boots));
                insert.setObject(4, numbers);
                insert.executeUpdate();
            }
            return fresh;
        });
    }

    /** @param changes usually above 0; below when a retry moves a message to another outcome */
    void count(Map<Outcome, Long> changes) {
        tenancy.run("count outcomes", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(COUNT)) {
                for (Map.Entry<Outcome, Long> change : changes.entrySet()) {
                    insert.setString(1, tenancy.current().value());
                    insert.setString(2, change.getKey().agent().value());
                    insert.setString(3, change.getKey().outcome());
                    insert.setLong(4, change.getValue());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    Map<AgentId, Sent> sent() {
        return tenancy.sql("read what was sent", connection -> {
            Map<AgentId, Sent> sent = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(SENT);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sent.put(AgentId.of(rows.getString(1)), new Sent(rows.getLong(2), rows.getLong(3)));
                }
            }
            return sent;
        });
    }

    Map<Outcome, Long> outcomes() {
        return tenancy.sql("read what became of it", connection -> {
            Map<Outcome, Long> outcomes = new HashMap<>();
            try (PreparedStatement select =
                            connection.prepareStatement("select agent_id, outcome, messages from ingest_count");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    outcomes.put(new Outcome(AgentId.of(rows.getString(1)), rows.getString(2)), rows.getLong(3));
                }
            }
            return outcomes;
        });
    }
}
