package energy.audit.ingest;

import energy.audit.evidence.wire.Gap;
import energy.audit.evidence.wire.GapCause;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL of table {@code gap}: signed "no data, because …". */
final class GapTable {
    /** Stands for every channel of the agent. */
    static final int EVERY_CHANNEL = 0;

    private static final String INSERT = """
            insert into gap (tenant_id, log_index, position, agent_id, channel_no, from_at, to_at, cause, detail)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String SELECT = """
            select g.agent_id, g.channel_no, g.from_at, g.to_at, g.cause, g.detail, g.log_index from gap g
            where (g.channel_no = ? or g.channel_no = 0 and g.agent_id = any (?))
              and g.from_at < ? and g.to_at > ? and g.log_index < ? order by g.from_at, g.log_index, g.position""";

    private final Tenancy tenancy;

    /** A gap on its way into the table. */
    record NewGap(long logIndex, int position, String agent, int channel, Gap gap) {}

    GapTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    void insert(List<NewGap> gaps) {
        tenancy.run("store gaps", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (NewGap gap : gaps) {
                    insert.setString(1, tenancy.current().value());
                    insert.setLong(2, gap.logIndex());
                    insert.setInt(3, gap.position());
                    insert.setString(4, gap.agent());
                    insert.setInt(5, gap.channel());
                    insert.setTimestamp(
                            6, Timestamp.from(Instant.ofEpochMilli(gap.gap().getFromMs())));
                    insert.setTimestamp(
                            7, Timestamp.from(Instant.ofEpochMilli(gap.gap().getToMs())));
                    insert.setInt(8, gap.gap().getCauseValue());
                    insert.setString(9, QuarantineTable.plain(gap.gap().getDetail(), 500));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    /** @param agents of the channel's site, whose gaps for every channel count */
    List<StoredGap> in(ChannelId channel, int number, List<String> agents, Period period, LogSize asKnownAt) {
        return tenancy.sql("read gaps", connection -> {
            List<StoredGap> gaps = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT)) {
                select.setInt(1, number);
                select.setArray(2, connection.createArrayOf("text", agents.toArray(String[]::new)));
                select.setTimestamp(3, Timestamp.from(period.to()));
                select.setTimestamp(4, Timestamp.from(period.from()));
                select.setLong(5, asKnownAt.entries());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        GapCause cause = GapCause.forNumber(rows.getInt(5));
                        gaps.add(new StoredGap(
                                rows.getString(1),
                                rows.getInt(2) == EVERY_CHANNEL ? Optional.empty() : Optional.of(channel),
                                rows.getTimestamp(3).toInstant(),
                                rows.getTimestamp(4).toInstant(),
                                cause == null ? GapCause.UNRECOGNIZED : cause,
                                rows.getString(6),
                                rows.getLong(7)));
                    }
                }
            }
            return gaps;
        });
    }
}
