package energy.audit.ingest;

import energy.audit.kernel.ChannelId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** SQL of table {@code touched_bucket}: hours that have new readings. */
final class TouchedTable {
    private static final String MARK = """
            insert into touched_bucket (tenant_id, channel_no, hour, hours, mark)
            select ?, t.channel_no, to_timestamp(t.ms::float8 / 1000), t.hours, ?
            from unnest(?::int[], ?::bigint[], ?::int[]) t (channel_no, ms, hours)
            on conflict do nothing""";
    private static final String DUE = """
            select channel_no, round(date_part('epoch', hour) * 1000)::bigint, mark, hours
            from touched_bucket order by hour, channel_no limit ?""";
    /** Deletes before anything is read, so that whatever is committed up to now is seen by what reads afterwards. */
    private static final String TAKE = """
            with due as (
              select t.channel_no, t.hour, t.mark from unnest(?::int[], ?::bigint[], ?::bigint[]) d (channel_no, ms, mark)
              join touched_bucket t on t.channel_no = d.channel_no and t.mark = d.mark
                and t.hour = to_timestamp(d.ms::float8 / 1000)
              for update of t skip locked),
            taken as (
              delete from touched_bucket t using due d
              where t.channel_no = d.channel_no and t.hour = d.hour and t.mark = d.mark
              returning t.channel_no, t.hour, t.hours)
            select c.channel_id, t.channel_no, round(date_part('epoch', t.hour) * 1000)::bigint, t.hours
            from taken t join channel c on c.channel_no = t.channel_no""";

    private final Tenancy tenancy;

    TouchedTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** @param mark differs from that of every other transaction */
    void mark(List<TouchedHours> touched, long mark) {
        tenancy.run("mark touched hours", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(MARK)) {
                insert.setString(1, tenancy.current().value());
                insert.setLong(2, mark);
                insert.setObject(
                        3, touched.stream().mapToInt(TouchedHours::channel).toArray());
                insert.setObject(
                        4, touched.stream().mapToLong(TouchedHours::fromMs).toArray());
                insert.setObject(
                        5, touched.stream().mapToInt(TouchedHours::hours).toArray());
                insert.executeUpdate();
            }
        });
    }

    /** Stretches are taken whole, so that there may be up to 23 hours more than asked for. */
    List<TouchedBucket> take(int limit) {
        List<Mark> due = due(limit);
        if (due.isEmpty()) {
            return List.of();
        }
        return tenancy.sql("take touched hours", connection -> {
            TreeSet<TouchedBucket> taken = new TreeSet<>(
                    Comparator.comparing(TouchedBucket::hour).thenComparing(TouchedBucket::channelNumber));
            try (PreparedStatement take = connection.prepareStatement(TAKE)) {
                take.setObject(
                        1, due.stream().mapToInt(m -> m.touched().channel()).toArray());
                take.setObject(
                        2, due.stream().mapToLong(m -> m.touched().fromMs()).toArray());
                take.setObject(3, due.stream().mapToLong(Mark::mark).toArray());
                try (ResultSet rows = take.executeQuery()) {
                    while (rows.next()) {
                        ChannelId channel = ChannelId.of(rows.getString(1));
                        TouchedHours touched = new TouchedHours(rows.getInt(2), rows.getLong(3), rows.getInt(4));
                        touched.each(hour -> taken.add(new TouchedBucket(channel, touched.channel(), hour)));
                    }
                }
            }
            return List.copyOf(taken);
        });
    }

    private record Mark(TouchedHours touched, long mark) {}

    private List<Mark> due(int limit) {
        return tenancy.sql("look for touched hours", connection -> {
            List<Mark> due = new ArrayList<>();
            int hours = 0;
            try (PreparedStatement select = connection.prepareStatement(DUE)) {
                select.setInt(1, limit);
                try (ResultSet rows = select.executeQuery()) {
                    while (hours < limit && rows.next()) {
                        TouchedHours touched = new TouchedHours(rows.getInt(1), rows.getLong(2), rows.getInt(4));
                        due.add(new Mark(touched, rows.getLong(3)));
                        hours += touched.hours();
                    }
                }
            }
            return due;
        });
    }

    long count() {
        return tenancy.sql("count touched hours", connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select coalesce(sum(hours), 0) from touched_bucket");
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
