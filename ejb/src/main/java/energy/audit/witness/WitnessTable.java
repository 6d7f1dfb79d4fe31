package energy.audit.witness;

import energy.audit.evidence.VerificationKey;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** SQL of the room's tables. */
final class WitnessTable {
    private final Tenancy tenancy;

    /** Turns a row into a value. */
    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    WitnessTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    void register(String name, VerificationKey key, String actor, Instant at) {
        update("register a witness", """
                insert into log_witness (tenant_id, name, public_key, registered_by, registered_at)
                values (current_setting('app.tenant'), ?, ?, ?, ?)
                on conflict (tenant_id, name) do update set public_key = excluded.public_key,
                    registered_by = excluded.registered_by, registered_at = excluded.registered_at""", name, key.raw(), actor, utc(at));
    }

    Map<String, VerificationKey> witnesses() {
        Map<String, VerificationKey> keys = new TreeMap<>();
        query("read witnesses", "select name, public_key from log_witness", row -> {
            keys.put(row.getString(1), VerificationKey.of(row.getBytes(2)));
            return true;
        });
        return keys;
    }

    void cosigned(long size, String name, Instant at, String line) {
        update("keep a cosignature", """
                insert into log_cosignature (tenant_id, size, name, at, line)
                values (current_setting('app.tenant'), ?, ?, ?, ?)
                on conflict (tenant_id, size, name) do update set at = excluded.at, line = excluded.line""", size, name, utc(at), line);
    }

    List<String> cosignatures(long size) {
        return query(
                "read cosignatures",
                "select line from log_cosignature where size = ? order by name",
                row -> row.getString(1),
                size);
    }

    void stamped(Stamp stamp) {
        update(
                "keep a stamp",
                """
                insert into log_stamp (tenant_id, size, note, token, authority, stamped_at)
                values (current_setting('app.tenant'), ?, ?, ?, ?, ?) on conflict do nothing""",
                stamp.size(),
                stamp.note(),
                stamp.token(),
                stamp.authority(),
                utc(stamp.stampedAt()));
    }

    List<Stamp> stamps() {
        return query(
                "read stamps",
                "select size, note, token, authority, stamped_at from log_stamp order by size desc",
                row -> new Stamp(row.getLong(1), row.getString(2), row.getBytes(3), row.getString(4), instant(row, 5)));
    }

    void subscribe(String mail, String actor, Instant at) {
        update("add a recipient", """
                insert into log_recipient (tenant_id, mail, since, added_by)
                values (current_setting('app.tenant'), ?, ?, ?)
                on conflict (tenant_id, mail) do update set ended_at = null, since = excluded.since,
                    added_by = excluded.added_by where log_recipient.ended_at is not null""", mail, utc(at), actor);
    }

    boolean unsubscribe(String mail, Instant at) {
        return update(
                        "end a recipient",
                        "update log_recipient set ended_at = ? where mail = ? and ended_at is null",
                        utc(at),
                        mail)
                == 1;
    }

    List<String> recipients() {
        return query(
                "read recipients",
                "select mail from log_recipient where ended_at is null order by mail",
                row -> row.getString(1));
    }

    /** @param failure null when it was sent */
    void mailed(String mail, long size, Instant at, @org.jspecify.annotations.Nullable String failure) {
        update("keep what was mailed", """
                insert into log_mail (tenant_id, mail, sent_at, size, failure)
                values (current_setting('app.tenant'), ?, ?, ?, ?)""", mail, utc(at), size, failure);
    }

    List<Holder> mailHolders() {
        return query("read who got a head by mail", """
                select r.mail,
                       (select max(m.size) from log_mail m where m.mail = r.mail and m.failure is null),
                       (select max(m.sent_at) from log_mail m where m.mail = r.mail and m.failure is null),
                       (select m.failure from log_mail m where m.mail = r.mail order by m.sent_at desc limit 1)
                from log_recipient r where r.ended_at is null order by r.mail""", row -> holder(Holder.Kind.MAIL, row));
    }

    List<Holder> otherHolders() {
        List<Holder> holders = new ArrayList<>(query("read stamps", """
                select authority, max(size), max(stamped_at), null from log_stamp group by authority order by 1""", row -> holder(Holder.Kind.STAMP, row)));
        holders.addAll(query("read cosigners", """
                select w.name, max(c.size), max(c.at), null
                from log_witness w left join log_cosignature c on c.name = w.name
                group by w.name order by 1""", row -> holder(Holder.Kind.COSIGNATURE, row)));
        return holders;
    }

    /** True for one caller in the cluster when the last round was begun before then. */
    boolean beginRound(Instant now, Duration each) {
        return update("begin the daily round", """
                insert into log_round (tenant_id, begun_at) values (current_setting('app.tenant'), ?)
                on conflict (tenant_id) do update set begun_at = excluded.begun_at
                where log_round.begun_at <= ?""", utc(now), utc(now.minus(each))) == 1;
    }

    void roundIsDue() {
        update("have a round begun soon", "update log_round set begun_at = '1970-01-01Z'");
    }

    private static Holder holder(Holder.Kind kind, ResultSet row) throws SQLException {
        return new Holder(
                kind,
                row.getString(1),
                row.getLong(2),
                row.getObject(3) == null ? Optional.empty() : Optional.of(instant(row, 3)),
                Optional.ofNullable(row.getString(4)));
    }

    private <T> List<T> query(String what, String sql, Row<T> each, Object... values) {
        return tenancy.sql(what, connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    select.setObject(i + 1, values[i]);
                }
                List<T> rows = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        rows.add(each.of(row));
                    }
                }
                return rows;
            }
        });
    }

    private int update(String what, String sql, @org.jspecify.annotations.Nullable Object... values) {
        return tenancy.sql(what, connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    update.setObject(i + 1, values[i]);
                }
                return update.executeUpdate();
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
