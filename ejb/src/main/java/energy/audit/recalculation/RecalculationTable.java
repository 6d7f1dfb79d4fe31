package energy.audit.recalculation;

import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Period;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL of {@code recalculation} and {@code recalculation_unit}. */
final class RecalculationTable {
    private static final String ALL = """
            select r.recalculation_no, r.from_at, r.to_at, r.reason, r.requested_by, r.requested_at, r.state, r.ended_at,
                   r.waits_for, r.failure, count(u.unit_no), count(u.done_at), coalesce(sum(u.revisions), 0)
            from recalculation r
            left join recalculation_unit u on u.recalculation_no = r.recalculation_no
            group by r.tenant_id, r.recalculation_no
            order by r.recalculation_no desc""";

    private final Tenancy tenancy;

    RecalculationTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    List<Recalculation> all() {
        return tenancy.sql("read recalculations", connection -> {
            try (PreparedStatement select = connection.prepareStatement(ALL);
                    ResultSet row = select.executeQuery()) {
                List<Recalculation> all = new ArrayList<>();
                while (row.next()) {
                    all.add(new Recalculation(
                            row.getInt(1),
                            Period.of(instant(row, 2), instant(row, 3)),
                            row.getString(4),
                            row.getString(5),
                            instant(row, 6),
                            Recalculation.State.valueOf(row.getString(7)),
                            row.getObject(8) == null ? Optional.empty() : Optional.of(instant(row, 8)),
                            row.getLong(11),
                            row.getLong(12),
                            row.getLong(13),
                            Optional.ofNullable(row.getString(9)),
                            Optional.ofNullable(row.getString(10))));
                }
                return all;
            }
        });
    }

    Optional<Recalculation> open() {
        return all().stream()
                .filter(each -> each.state() != Recalculation.State.DONE)
                .findFirst();
    }

    Recalculation insert(Period period, String reason, String actor, Instant at, List<Unit> units) {
        int number = all().stream().mapToInt(Recalculation::number).max().orElse(0) + 1;
        tenancy.run("insert a recalculation", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into recalculation (tenant_id, recalculation_no, from_at, to_at, reason, requested_by,
                                               requested_at, state)
                    values (current_setting('app.tenant'), ?, ?, ?, ?, ?, ?, 'RUNNING')""")) {
                insert.setInt(1, number);
                insert.setObject(2, utc(period.from()));
                insert.setObject(3, utc(period.to()));
                insert.setString(4, reason);
                insert.setString(5, actor);
                insert.setObject(6, utc(at));
                insert.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into recalculation_unit (tenant_id, recalculation_no, unit_no, channel_id, from_at, to_at)
                    values (current_setting('app.tenant'), ?, ?, ?, ?, ?)""")) {
                for (Unit unit : units) {
                    insert.setInt(1, number);
                    insert.setInt(2, unit.number());
                    insert.setString(3, unit.channel().value());
                    insert.setObject(4, utc(unit.period().from()));
                    insert.setObject(5, utc(unit.period().to()));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
        return all().get(0);
    }

    /** @return false when it was not in that state any more */
    boolean change(int number, Recalculation.State from, Recalculation.State to) {
        return update(
                "change a recalculation",
                "update recalculation set state = ?, failure = null, waits_for = null, runner = null, beat_at = null"
                        + " where recalculation_no = ? and state = ?",
                to.name(),
                number,
                from.name());
    }

    /** Takes over what runs and is nobody's, or whose server has been silent; its number. */
    Optional<Integer> claim(String runner, Instant now, Duration silence) {
        return tenancy.sql("claim a recalculation", connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    update recalculation set runner = ?, beat_at = ?
                    where state = 'RUNNING' and (beat_at is null or beat_at < ?)
                    returning recalculation_no""")) {
                update.setString(1, runner);
                update.setObject(2, utc(now));
                update.setObject(3, utc(now.minus(silence)));
                try (ResultSet row = update.executeQuery()) {
                    return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
                }
            }
        });
    }

    /** Says that its runner lives; false when it is not that runner's to work on. */
    boolean beat(int number, String runner, Instant now) {
        return update(
                "say that a recalculation goes on",
                "update recalculation set beat_at = ?, waits_for = null"
                        + " where recalculation_no = ? and state = 'RUNNING' and runner = ?",
                utc(now),
                number,
                runner);
    }

    Recalculation.State state(int number) {
        return all().stream()
                .filter(each -> each.number() == number)
                .map(Recalculation::state)
                .findFirst()
                .orElse(Recalculation.State.DONE);
    }

    void waitsFor(int number, String what) {
        update(
                "say what a recalculation waits for",
                "update recalculation set waits_for = ? where recalculation_no = ?",
                what,
                number);
    }

    void failed(int number, String why) {
        update(
                "say why a recalculation failed",
                "update recalculation set state = 'FAILED', failure = ? where recalculation_no = ?",
                why,
                number);
    }

    void done(int number, Instant at) {
        update(
                "end a recalculation",
                "update recalculation set state = 'DONE', ended_at = ?, waits_for = null where recalculation_no = ?",
                utc(at),
                number);
    }

    Optional<Unit> nextOpen(int number) {
        return tenancy.sql("read the next unit", connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select unit_no, channel_id, from_at, to_at from recalculation_unit
                    where recalculation_no = ? and done_at is null order by unit_no limit 1""")) {
                select.setInt(1, number);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Unit(
                                    row.getInt(1),
                                    ChannelId.of(row.getString(2)),
                                    Period.of(instant(row, 3), instant(row, 4))))
                            : Optional.empty();
                }
            }
        });
    }

    void unitDone(int number, int unit, int revisions, Instant at) {
        update(
                "mark a unit as done",
                "update recalculation_unit set revisions = ?, done_at = ? where recalculation_no = ? and unit_no = ?",
                revisions,
                utc(at),
                number,
                unit);
    }

    private boolean update(String what, String sql, Object... values) {
        return tenancy.sql(what, connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    update.setObject(i + 1, values[i]);
                }
                return update.executeUpdate() == 1;
            }
        });
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
