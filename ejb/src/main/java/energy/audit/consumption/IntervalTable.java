package energy.audit.consumption;

import energy.audit.analysis.register.Quality;
import energy.audit.kernel.Period;
import energy.audit.kernel.SiteId;
import energy.audit.tenancy.Tenancy;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** SQL of {@code interval_revision} and {@code hour_waiting}. */
final class IntervalTable {
    private static final String LATEST = """
            select distinct on (starts_at)
                   starts_at, ends_at, counts, amount, energy_kwh, quality, coverage, revision, known_at_log_size
            from interval_revision
            where channel_no = ? and resolution = ?
              and starts_at >= ? and starts_at < ?
            order by starts_at, revision desc""";

    private static final String APPEND = """
            insert into interval_revision (tenant_id, channel_no, resolution, starts_at, ends_at, counts, amount,
                                           energy_kwh, quality, coverage, revision, known_at_log_size)
            select current_setting('app.tenant'), ?, ?, u.starts_at, u.ends_at, u.counts, u.amount,
                   u.energy_kwh, u.quality, u.coverage, u.revision, u.known_at
            from unnest(?::timestamptz[], ?::timestamptz[], ?::bigint[], ?::numeric[], ?::numeric[], ?::text[],
                        ?::numeric[], ?::integer[], ?::bigint[])
                 as u (starts_at, ends_at, counts, amount, energy_kwh, quality, coverage, revision, known_at)""";

    private static final String COVERAGE = """
            select channel_no, count(*) as intervals, sum(coverage) as covered,
                   count(*) filter (where quality = 'ESTIMATED') as estimated,
                   count(*) filter (where quality = 'PARTIAL') as partial,
                   count(*) filter (where quality = 'MISSING') as missing
            from (select distinct on (channel_no, starts_at) channel_no, coverage, quality
                  from interval_revision
                  where channel_no = any (?) and resolution = 'PT1H'
                    and starts_at >= ? and starts_at < ?
                  order by channel_no, starts_at, revision desc) as latest
            group by channel_no""";

    private static final String DERIVED_HOURS = """
            select count(*) filter (where revision = 1), min(starts_at), max(ends_at)
            from interval_revision
            where channel_no = any (?) and resolution = 'PT1H'""";

    private final Tenancy tenancy;

    IntervalTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Newest revisions of the intervals that start in the period, ascending. */
    List<Interval> latest(int channelNumber, Resolution resolution, Instant from, Instant to) {
        return tenancy.sql("read intervals", connection -> {
            try (PreparedStatement select = connection.prepareStatement(LATEST)) {
                select.setInt(1, channelNumber);
                select.setString(2, resolution.text());
                select.setObject(3, utc(from));
                select.setObject(4, utc(to));
                List<Interval> intervals = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        intervals.add(interval(row));
                    }
                }
                return intervals;
            }
        });
    }

    /** End of the newest derived interval that ends after an instant; empty when there is none. */
    Optional<Instant> derivedUntil(int channelNumber, Resolution resolution, Instant after) {
        return tenancy.sql("read the end of what is derived", connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select ends_at from interval_revision
                    where channel_no = ? and resolution = ?
                      and starts_at >= ?
                    order by starts_at desc limit 1""")) {
                select.setInt(1, channelNumber);
                select.setString(2, resolution.text());
                select.setObject(3, utc(after));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(instant(row, 1)) : Optional.empty();
                }
            }
        });
    }

    void append(int channelNumber, Resolution resolution, List<Interval> intervals) {
        if (intervals.isEmpty()) {
            return;
        }
        tenancy.run("append interval revisions", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(APPEND)) {
                insert.setInt(1, channelNumber);
                insert.setString(2, resolution.text());
                array(connection, insert, 3, "timestamptz", intervals, each -> utc(each.start()));
                array(connection, insert, 4, "timestamptz", intervals, each -> utc(each.end()));
                array(connection, insert, 5, "bigint", intervals, each -> orNull(each.counts()));
                array(
                        connection,
                        insert,
                        6,
                        "numeric",
                        intervals,
                        each -> each.amount().orElse(null));
                array(
                        connection,
                        insert,
                        7,
                        "numeric",
                        intervals,
                        each -> each.energyKwh().orElse(null));
                array(
                        connection,
                        insert,
                        8,
                        "text",
                        intervals,
                        each -> each.quality().name());
                array(connection, insert, 9, "numeric", intervals, each -> coverage(each.coverage()));
                array(connection, insert, 10, "integer", intervals, Interval::revision);
                array(connection, insert, 11, "bigint", intervals, Interval::knownAtLogSize);
                insert.executeUpdate();
            }
        });
    }

    /** How complete the hours of channels are in a period; channels without any hour are left out. */
    List<HourCount> hours(Collection<Integer> channelNumbers, Period period) {
        return tenancy.sql("count covered hours", connection -> {
            try (PreparedStatement select = connection.prepareStatement(COVERAGE)) {
                select.setArray(1, connection.createArrayOf("integer", channelNumbers.toArray()));
                select.setObject(2, utc(period.from()));
                select.setObject(3, utc(period.to()));
                List<HourCount> counts = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        counts.add(new HourCount(
                                row.getInt(1),
                                row.getLong(2),
                                row.getDouble(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6)));
                    }
                }
                return counts;
            }
        });
    }

    /** How many hours of these channels are derived, and from when to when. */
    Derived derived(Collection<Integer> channelNumbers) {
        return tenancy.sql("count derived hours", connection -> {
            try (PreparedStatement select = connection.prepareStatement(DERIVED_HOURS)) {
                select.setArray(1, connection.createArrayOf("integer", channelNumbers.toArray()));
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    boolean any = row.getObject(2) != null;
                    return new Derived(
                            row.getLong(1),
                            any ? Optional.of(instant(row, 2)) : Optional.empty(),
                            any ? Optional.of(instant(row, 3)) : Optional.empty());
                }
            }
        });
    }

    /** Only one worker at a time derives for a tenant; false: another one does. Held until the transaction ends. */
    boolean claimTenant() {
        return tenancy.sql("claim the tenant's derivation", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "select pg_try_advisory_xact_lock(hashtext('consumption'), hashtext(current_setting('app.tenant')))");
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        });
    }

    void await(int channelNumber, Collection<Instant> hours) {
        tenancy.run("keep hours that wait for a configuration", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into hour_waiting (tenant_id, channel_no, hour)
                    select current_setting('app.tenant'), ?, unnest(?::timestamptz[]) on conflict do nothing""")) {
                insert.setInt(1, channelNumber);
                insert.setArray(
                        2,
                        connection.createArrayOf(
                                "timestamptz",
                                hours.stream().map(IntervalTable::utc).toArray()));
                insert.executeUpdate();
            }
        });
    }

    /** Has the derived hours of a channel wait to be derived once more, from the one that holds an instant on. */
    void reopen(int channelNumber, Instant from) {
        tenancy.run("have hours derived once more", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into hour_waiting (tenant_id, channel_no, hour)
                    select distinct current_setting('app.tenant'), channel_no, starts_at
                    from interval_revision
                    where channel_no = ? and resolution = 'PT1H' and ends_at > ?
                    on conflict do nothing""")) {
                insert.setInt(1, channelNumber);
                insert.setObject(2, utc(from));
                insert.executeUpdate();
            }
        });
    }

    /** The newest configuration of a site that is in the derived intervals, as its place in the log; -1: none. */
    long configurationDerived(SiteId site) {
        return tenancy.sql("read which configuration is derived", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select log_index from configuration_derived where site_id = ?")) {
                select.setString(1, site.value());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getLong(1) : -1;
                }
            }
        });
    }

    void configurationDerived(SiteId site, long logIndex) {
        tenancy.run("note which configuration is derived", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into configuration_derived (tenant_id, site_id, log_index)
                    values (current_setting('app.tenant'), ?, ?)
                    on conflict (tenant_id, site_id) do update set log_index = excluded.log_index""")) {
                insert.setString(1, site.value());
                insert.setLong(2, logIndex);
                insert.executeUpdate();
            }
        });
    }

    List<Integer> waitingChannels() {
        return tenancy.sql("read channels that wait for a configuration", connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select distinct channel_no from hour_waiting");
                    ResultSet row = select.executeQuery()) {
                List<Integer> numbers = new ArrayList<>();
                while (row.next()) {
                    numbers.add(row.getInt(1));
                }
                return numbers;
            }
        });
    }

    /** Takes the hours of a channel that waited. */
    List<Instant> takeWaiting(int channelNumber) {
        return tenancy.sql("take hours that waited", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from hour_waiting where channel_no = ? returning hour")) {
                delete.setInt(1, channelNumber);
                List<Instant> hours = new ArrayList<>();
                try (ResultSet row = delete.executeQuery()) {
                    while (row.next()) {
                        hours.add(instant(row, 1));
                    }
                }
                return hours;
            }
        });
    }

    /** Hours of a channel by their quality; {@code covered} is the sum of their coverages. */
    record HourCount(int channelNumber, long intervals, double covered, long estimated, long partial, long missing) {}

    /** Derived hours, each counted once, and the ends of what is derived. */
    record Derived(long hours, Optional<Instant> from, Optional<Instant> to) {}

    private static Interval interval(ResultSet row) throws SQLException {
        long counts = row.getLong(3);
        OptionalLong present = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(counts);
        return new Interval(
                instant(row, 1),
                instant(row, 2),
                present,
                Optional.ofNullable(row.getBigDecimal(4)),
                Optional.ofNullable(row.getBigDecimal(5)),
                Quality.valueOf(row.getString(6)),
                row.getDouble(7),
                row.getInt(8),
                row.getLong(9));
    }

    private interface Column {
        @Nullable
        Object of(Interval interval);
    }

    private static void array(
            Connection connection,
            PreparedStatement statement,
            int position,
            String type,
            List<Interval> intervals,
            Column column)
            throws SQLException {
        @Nullable Object[] values = new @Nullable Object[intervals.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.of(intervals.get(i));
        }
        Array array = connection.createArrayOf(type, values);
        statement.setArray(position, array);
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static BigDecimal coverage(double share) {
        return BigDecimal.valueOf(share).setScale(4, java.math.RoundingMode.FLOOR);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
