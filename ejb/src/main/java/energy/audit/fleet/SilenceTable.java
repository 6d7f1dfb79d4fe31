package energy.audit.fleet;

import energy.audit.kernel.AgentId;
import energy.audit.kernel.SiteId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** SQL of tables {@code agent_silence}, {@code agent_expectation} and {@code silence_watch}. */
final class SilenceTable {
    private static final String CLAIM = """
            insert into silence_watch as w (tenant_id, looked_at, looked_by, listening_since) values (?, ?, ?, ?)
            on conflict (tenant_id) do update set looked_at = excluded.looked_at, looked_by = excluded.looked_by,
              listening_since = case when w.looked_at < ? then excluded.listening_since else w.listening_since end
            where w.looked_at <= ?
            returning listening_since""";
    private static final String RAISE = """
            insert into agent_silence (tenant_id, silence_id, agent_id, site_id, last_heard_at, silent_after_s, raised_at,
              raised_by) values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant_id, agent_id) where ended_at is null do nothing""";
    private static final String COLUMNS = """
            silence_id, agent_id, site_id, last_heard_at, silent_after_s, raised_at, raised_by, ended_at, ended_by""";
    private static final String END = "update agent_silence set ended_at = ?, ended_by = ?"
            + " where agent_id = any (?) and ended_at is null returning " + COLUMNS;
    private static final String NEWEST =
            "select " + COLUMNS + " from agent_silence order by raised_at desc, agent_id limit ?";
    private static final String OPEN =
            "select " + COLUMNS + " from agent_silence where ended_at is null order by raised_at, agent_id";
    private static final String EXPECTATIONS = """
            select distinct on (agent_id) agent_id, silent_after_s, set_at, set_by, reason
            from agent_expectation order by agent_id, set_at desc""";

    private final Tenancy tenancy;

    SilenceTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * Takes this tenant's look for one node.
     *
     * @param notBefore a look that is younger than this stands; then nothing is returned
     * @param deafBefore when the last look is older than this, nobody listened in between
     * @return since when the backend has been listening
     */
    Optional<Instant> claim(Instant now, String node, Instant notBefore, Instant deafBefore) {
        return tenancy.sql("take the look for silent agents", connection -> {
            try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
                claim.setString(1, tenancy.current().value());
                claim.setTimestamp(2, Timestamp.from(now));
                claim.setString(3, node);
                claim.setTimestamp(4, Timestamp.from(now));
                claim.setTimestamp(5, Timestamp.from(deafBefore));
                claim.setTimestamp(6, Timestamp.from(notBefore));
                try (ResultSet row = claim.executeQuery()) {
                    return row.next() ? Optional.of(row.getTimestamp(1).toInstant()) : Optional.empty();
                }
            }
        });
    }

    /** @return false when one is open already */
    boolean raise(Silence silence) {
        return tenancy.sql("raise the alarm about a silent agent", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(RAISE)) {
                insert.setString(1, tenancy.current().value());
                insert.setObject(2, silence.id());
                insert.setString(3, silence.agent().value());
                insert.setString(4, silence.site().value());
                insert.setTimestamp(5, silence.lastHeard().map(Timestamp::from).orElse(null));
                insert.setInt(6, (int) silence.silentAfter().toSeconds());
                insert.setTimestamp(7, Timestamp.from(silence.raisedAt()));
                insert.setString(8, silence.raisedBy());
                return insert.executeUpdate() == 1;
            }
        });
    }

    List<Silence> end(Collection<String> agents, Instant now, Silence.Reason reason) {
        return tenancy.sql("end silences", connection -> {
            try (PreparedStatement update = connection.prepareStatement(END)) {
                update.setTimestamp(1, Timestamp.from(now));
                update.setString(2, reason.name());
                update.setArray(3, connection.createArrayOf("text", agents.toArray()));
                return silences(update);
            }
        });
    }

    List<Silence> newest(int limit) {
        return tenancy.sql("read silences", connection -> {
            try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
                select.setInt(1, limit);
                return silences(select);
            }
        });
    }

    List<Silence> open() {
        return tenancy.sql("read open silences", connection -> {
            try (PreparedStatement select = connection.prepareStatement(OPEN)) {
                return silences(select);
            }
        });
    }

    private static List<Silence> silences(PreparedStatement statement) throws SQLException {
        List<Silence> silences = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Optional<Instant> endedAt =
                        Optional.ofNullable(rows.getTimestamp(8)).map(Timestamp::toInstant);
                String endedBy = rows.getString(9);
                silences.add(new Silence(
                        rows.getObject(1, UUID.class),
                        AgentId.of(rows.getString(2)),
                        SiteId.of(rows.getString(3)),
                        Optional.ofNullable(rows.getTimestamp(4)).map(Timestamp::toInstant),
                        Duration.ofSeconds(rows.getInt(5)),
                        rows.getTimestamp(6).toInstant(),
                        rows.getString(7),
                        endedAt.map(at -> new Silence.End(at, Silence.Reason.valueOf(endedBy)))));
            }
        }
        return silences;
    }

    void expect(AgentId agent, Expectation expectation) {
        tenancy.run("note how long an agent may be silent", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into agent_expectation (tenant_id,"
                    + " agent_id, set_at, silent_after_s, set_by, reason) values (?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, tenancy.current().value());
                insert.setString(2, agent.value());
                insert.setTimestamp(3, Timestamp.from(expectation.setAt()));
                insert.setObject(
                        4,
                        expectation.silentAfter().map(d -> (int) d.toSeconds()).orElse(null),
                        java.sql.Types.INTEGER);
                insert.setString(5, expectation.setBy());
                insert.setString(6, expectation.reason());
                insert.executeUpdate();
            }
        });
    }

    /** The newest of each agent that has one. */
    Map<AgentId, Expectation> expectations() {
        return tenancy.sql("read how long agents may be silent", connection -> {
            Map<AgentId, Expectation> expectations = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(EXPECTATIONS);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Optional<Duration> after = Optional.ofNullable(rows.getObject(2, Integer.class))
                            .map(Duration::ofSeconds);
                    expectations.put(
                            AgentId.of(rows.getString(1)),
                            new Expectation(
                                    after, rows.getTimestamp(3).toInstant(), rows.getString(4), rows.getString(5)));
                }
            }
            return expectations;
        });
    }
}
