package energy.audit.ingest;

import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of table {@code reading}. Of several readings for one instant, the one with the lowest log index counts. */
final class ReadingTable {
    private static final String MS = "round(date_part('epoch', at) * 1000)::bigint";
    private static final String INSERT = """
            insert into reading (tenant_id, channel_no, at, count, log_index)
            select ?, r.channel_no, to_timestamp(r.ms::float8 / 1000), r.count, r.log_index
            from unnest(?::int[], ?::bigint[], ?::bigint[], ?::bigint[]) r (channel_no, ms, count, log_index)""";
    private static final String IN_PERIOD = "select distinct on (at) " + MS + """
            , count, log_index from reading
            where channel_no = ? and at >= ? and at < ? and log_index < ?
            order by at, log_index""";
    private static final String BEFORE = "select " + MS + """
            , count, log_index from reading
            where channel_no = ? and log_index < ? and at = (
              select at from reading where channel_no = ? and at < ? and log_index < ? order by at desc limit 1)
            order by log_index limit 1""";
    private static final String FROM = "select " + MS + """
            , count, log_index from reading
            where channel_no = ? and at >= ? and log_index < ? order by at, log_index limit 1""";
    private static final String BRACKETS = """
            select i.ord, b.ms, b.count, b.log_index, a.ms, a.count, a.log_index
            from unnest(?::bigint[]) with ordinality i (ms, ord)
            left join lateral (
              select MS as ms, count, log_index from reading
              where channel_no = ? and log_index < ? and at = (
                select at from reading where channel_no = ? and at <= to_timestamp(i.ms::float8 / 1000) and log_index < ?
                order by at desc limit 1)
              order by log_index limit 1) b on true
            left join lateral (
              select MS as ms, count, log_index from reading
              where channel_no = ? and at >= to_timestamp(i.ms::float8 / 1000) and log_index < ?
              order by at, log_index limit 1) a on true
            order by i.ord""".replace("MS", MS);
    private static final String LATEST = """
            select c.channel_no, r.ms, r.count, r.log_index from unnest(?::int[]) c (channel_no)
            cross join lateral (
              select MS as ms, count, log_index from reading
              where channel_no = c.channel_no order by at desc, log_index desc limit 1) r""".replace("MS", MS);

    private final Tenancy tenancy;

    ReadingTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    void insert(ReadingColumns readings) {
        tenancy.run("store readings", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, tenancy.current().value());
                insert.setObject(2, readings.channels());
                insert.setObject(3, readings.atMs());
                insert.setObject(4, readings.counts());
                insert.setObject(5, readings.logIndexes());
                insert.executeUpdate();
            }
        });
    }

    Readings in(int channel, Period period, LogSize asKnownAt) {
        return tenancy.sql("read readings", connection -> {
            try (PreparedStatement select = connection.prepareStatement(IN_PERIOD)) {
                select.setInt(1, channel);
                select.setTimestamp(2, Timestamp.from(period.from()));
                select.setTimestamp(3, Timestamp.from(period.to()));
                select.setLong(4, asKnownAt.entries());
                select.setFetchSize(10_000);
                return columns(select);
            }
        });
    }

    Optional<Reading> before(int channel, Instant instant, LogSize asKnownAt) {
        return tenancy.sql("read the reading before", connection -> {
            try (PreparedStatement select = connection.prepareStatement(BEFORE)) {
                select.setInt(1, channel);
                select.setLong(2, asKnownAt.entries());
                select.setInt(3, channel);
                select.setTimestamp(4, Timestamp.from(instant));
                select.setLong(5, asKnownAt.entries());
                return one(select);
            }
        });
    }

    Optional<Reading> atOrAfter(int channel, Instant instant, LogSize asKnownAt) {
        return tenancy.sql("read the reading after", connection -> {
            try (PreparedStatement select = connection.prepareStatement(FROM)) {
                select.setInt(1, channel);
                select.setTimestamp(2, Timestamp.from(instant));
                select.setLong(3, asKnownAt.entries());
                return one(select);
            }
        });
    }

    List<Bracket> brackets(int channel, List<Instant> instants, LogSize asKnownAt) {
        return tenancy.sql("read readings around instants", connection -> {
            try (PreparedStatement select = connection.prepareStatement(BRACKETS)) {
                select.setObject(
                        1, instants.stream().mapToLong(Instant::toEpochMilli).toArray());
                select.setInt(2, channel);
                select.setLong(3, asKnownAt.entries());
                select.setInt(4, channel);
                select.setLong(5, asKnownAt.entries());
                select.setInt(6, channel);
                select.setLong(7, asKnownAt.entries());
                List<Bracket> brackets = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        brackets.add(new Bracket(
                                instants.get((int) rows.getLong(1) - 1), reading(rows, 2), reading(rows, 5)));
                    }
                }
                return brackets;
            }
        });
    }

    Map<Integer, Reading> latest(int[] channels) {
        return tenancy.sql("read newest readings", connection -> {
            Map<Integer, Reading> latest = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(LATEST)) {
                select.setObject(1, channels);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        int channel = rows.getInt(1);
                        reading(rows, 2).ifPresent(reading -> latest.put(channel, reading));
                    }
                }
            }
            return latest;
        });
    }

    private static Optional<Reading> one(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? reading(row, 1) : Optional.empty();
        }
    }

    private static Optional<Reading> reading(ResultSet row, int from) throws SQLException {
        long ms = row.getLong(from);
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Reading(Instant.ofEpochMilli(ms), row.getLong(from + 1), row.getLong(from + 2)));
    }

    private static Readings columns(PreparedStatement select) throws SQLException {
        long[] atMs = new long[1024];
        long[] counts = new long[1024];
        long[] logIndexes = new long[1024];
        int size = 0;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (size == atMs.length) {
                    atMs = Arrays.copyOf(atMs, size * 2);
                    counts = Arrays.copyOf(counts, size * 2);
                    logIndexes = Arrays.copyOf(logIndexes, size * 2);
                }
                atMs[size] = rows.getLong(1);
                counts[size] = rows.getLong(2);
                logIndexes[size++] = rows.getLong(3);
            }
        }
        return new Readings(Arrays.copyOf(atMs, size), Arrays.copyOf(counts, size), Arrays.copyOf(logIndexes, size));
    }
}
