package energy.audit.ingest;

import energy.audit.kernel.ChannelId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** SQL of table {@code touched_bucket}: hours that have new readings. */
final class TouchedTable {
    private static final String MARK = """
            insert into touched_bucket (tenant_id, channel_no, hour, mark)
            select ?, t.channel_no, to_timestamp(t.ms::float8 / 1000), ?
            from unnest(?::int[], ?::bigint[]) t (channel_no, ms)
            on conflict do nothing""";
    /** Deletes first, so that whatever is committed up to now is seen by what reads afterwards. */
    private static final String TAKE = """
            with due as (
              select channel_no, hour, mark from touched_bucket order by hour, channel_no limit ? for update skip locked),
            taken as (
              delete from touched_bucket t using due d
              where t.channel_no = d.channel_no and t.hour = d.hour and t.mark = d.mark
              returning t.channel_no, t.hour)
            select distinct t.hour, t.channel_no, c.channel_id
            from taken t join channel c on c.channel_no = t.channel_no order by 1, 2""";

    private final Tenancy tenancy;

    TouchedTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** @param mark differs from that of every other transaction */
    void mark(Collection<ReadingColumns.Touched> touched, long mark) {
        tenancy.run("mark touched hours", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(MARK)) {
                insert.setString(1, tenancy.current().value());
                insert.setLong(2, mark);
                insert.setObject(
                        3,
                        touched.stream()
                                .mapToInt(ReadingColumns.Touched::channel)
                                .toArray());
                insert.setObject(
                        4,
                        touched.stream()
                                .mapToLong(ReadingColumns.Touched::hourMs)
                                .toArray());
                insert.executeUpdate();
            }
        });
    }

    List<TouchedBucket> take(int limit) {
        return tenancy.sql("take touched hours", connection -> {
            List<TouchedBucket> taken = new ArrayList<>();
            try (PreparedStatement take = connection.prepareStatement(TAKE)) {
                take.setInt(1, limit);
                try (ResultSet rows = take.executeQuery()) {
                    while (rows.next()) {
                        Instant hour = rows.getTimestamp(1).toInstant();
                        taken.add(new TouchedBucket(ChannelId.of(rows.getString(3)), rows.getInt(2), hour));
                    }
                }
            }
            return taken;
        });
    }

    long count() {
        return tenancy.sql("count touched hours", connection -> {
            try (PreparedStatement select = connection.prepareStatement("select count(*) from touched_bucket");
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
