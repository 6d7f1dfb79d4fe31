package energy.audit.metering;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.Hash;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.SiteId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** SQL of tables {@code metering_configuration}, {@code channel}, {@code agent}. */
final class MeteringTable {
    private static final String CONFIGURATIONS = """
            select log_index, content from metering_configuration
            where site_id = ? and log_index < ? order by log_index""";
    private static final String SAME =
            "select log_index from metering_configuration where site_id = ? and content_sha256 = ? order by 1 desc";
    private static final String INSERT_CONFIGURATION = """
            insert into metering_configuration (tenant_id, log_index, site_id, effective_from, content, content_sha256)
            values (?, ?, ?, ?, ?, ?)""";
    private static final String NUMBERS = "select channel_id, channel_no from channel where channel_id = any (?)";
    private static final String NUMBER_NEW = """
            insert into channel (tenant_id, channel_no, channel_id)
            select ?, (select coalesce(max(channel_no), 0) from channel) + row_number() over (order by c), c
            from unnest(?) c""";
    private static final String AGENTS = """
            select agent_id, log_index, site_id, public_key, valid_from, revoked, first_sequence, reason from agent
            order by agent_id, log_index""";
    private static final String INSERT_AGENT = """
            insert into agent (tenant_id, agent_id, log_index, site_id, public_key, valid_from, revoked, first_sequence,
              reason)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final Tenancy tenancy;

    /** A configuration as it was logged. */
    record Logged(long logIndex, MeteringConfiguration message) {}

    MeteringTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    List<Logged> configurations(SiteId site, LogSize asKnownAt) {
        return tenancy.sql("read metering configurations", connection -> {
            List<Logged> logged = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(CONFIGURATIONS)) {
                select.setString(1, site.value());
                select.setLong(2, asKnownAt.entries());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        logged.add(new Logged(rows.getLong(1), parsed(rows.getLong(1), rows.getBytes(2))));
                    }
                }
            }
            return logged;
        });
    }

    /** The newest entry with this very content. */
    Optional<Long> same(SiteId site, byte[] content) {
        return tenancy.sql("look for the same metering configuration", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SAME)) {
                select.setString(1, site.value());
                select.setBytes(2, Hash.sha256(content).bytes());
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
                }
            }
        });
    }

    void add(long logIndex, SiteId site, Instant effectiveFrom, byte[] content) {
        tenancy.run("keep a metering configuration", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT_CONFIGURATION)) {
                insert.setString(1, tenancy.current().value());
                insert.setLong(2, logIndex);
                insert.setString(3, site.value());
                insert.setTimestamp(4, Timestamp.from(effectiveFrom));
                insert.setBytes(5, content);
                insert.setBytes(6, Hash.sha256(content).bytes());
                insert.executeUpdate();
            }
        });
    }

    /** Numbers that were given out; unknown channels are missing in it. */
    Map<ChannelId, Integer> numbers(Collection<ChannelId> channels) {
        return tenancy.sql("read channel numbers", connection -> {
            Map<ChannelId, Integer> numbers = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(NUMBERS)) {
                select.setArray(1, connection.createArrayOf("text", texts(channels)));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        numbers.put(ChannelId.of(rows.getString(1)), rows.getInt(2));
                    }
                }
            }
            return numbers;
        });
    }

    /** Gives out the next numbers; the caller holds the log's lock. */
    void number(Collection<ChannelId> unnumbered) {
        tenancy.run("number new channels", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(NUMBER_NEW)) {
                insert.setString(1, tenancy.current().value());
                insert.setArray(2, connection.createArrayOf("text", texts(new TreeSet<>(unnumbered))));
                insert.executeUpdate();
            }
        });
    }

    Optional<ChannelId> channel(int number) {
        return tenancy.sql("read a channel's name", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select channel_id from channel where channel_no = ?")) {
                select.setInt(1, number);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(ChannelId.of(row.getString(1))) : Optional.empty();
                }
            }
        });
    }

    /** Every enrolment that there was, by agent, then in log order. */
    List<Agent> enrolments() {
        return tenancy.sql("read enrolled agents", connection -> {
            List<Agent> agents = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(AGENTS);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    agents.add(new Agent(
                            AgentId.of(rows.getString(1)),
                            SiteId.of(rows.getString(3)),
                            VerificationKey.of(rows.getBytes(4)),
                            rows.getTimestamp(5).toInstant(),
                            rows.getBoolean(6),
                            rows.getLong(7),
                            rows.getString(8),
                            rows.getLong(2)));
                }
            }
            return agents;
        });
    }

    void add(Agent agent) {
        tenancy.run("keep an agent's enrolment", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT_AGENT)) {
                insert.setString(1, tenancy.current().value());
                insert.setString(2, agent.id().value());
                insert.setLong(3, agent.logIndex());
                insert.setString(4, agent.site().value());
                insert.setBytes(5, agent.key().raw());
                insert.setTimestamp(6, Timestamp.from(agent.validFrom()));
                insert.setBoolean(7, agent.revoked());
                insert.setLong(8, agent.firstSequence());
                insert.setString(9, agent.reason());
                insert.executeUpdate();
            }
        });
    }

    private static String[] texts(Collection<ChannelId> channels) {
        return channels.stream().map(ChannelId::value).toArray(String[]::new);
    }

    private static MeteringConfiguration parsed(long logIndex, byte[] content) {
        try {
            return MeteringConfiguration.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new Fault(
                    "PROJECTION_DAMAGED",
                    "metering configuration of log entry " + logIndex,
                    String.valueOf(e.getMessage()),
                    "Compare it with the entry's payload.",
                    e);
        }
    }
}
