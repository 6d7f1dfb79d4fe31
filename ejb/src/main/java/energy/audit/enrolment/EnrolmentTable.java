package energy.audit.enrolment;

import energy.audit.enrolment.AgentAuthority.Issued;
import energy.audit.enrolment.AgentAuthority.Revoked;
import energy.audit.evidence.Hash;
import energy.audit.evidence.VerificationKey;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.SiteId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of tables {@code enrolment_token}, {@code agent_certificate}, {@code revoked_certificate}. */
final class EnrolmentTable {
    private static final String REPLACE = """
            update enrolment_token set replaced_at = ? where agent_id = ? and used_at is null and replaced_at is null""";
    private static final String INVITE = """
            insert into enrolment_token (tenant_id, token_sha256, agent_id, site_id, issued_by, issued_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?)""";
    private static final String LOCKED = """
            select agent_id, site_id, issued_by, expires_at, used_at, used_key, replaced_at
            from enrolment_token where token_sha256 = ? for update""";
    private static final String USE = "update enrolment_token set used_at = ?, used_key = ? where token_sha256 = ?";
    private static final String CERTIFY = """
            insert into agent_certificate (tenant_id, serial, agent_id, issued_at, not_after, requested_ms)
            values (?, ?, ?, ?, ?, ?)""";
    private static final String LAST_REQUEST =
            "select coalesce(max(requested_ms), 0) from agent_certificate where agent_id = ?";
    private static final String REVOKE = """
            insert into revoked_certificate (serial, revoked_at, not_after)
            select serial, ?, not_after from agent_certificate where agent_id = ? on conflict do nothing""";
    private static final String REVOKED =
            "select serial, revoked_at from revoked_certificate where not_after > ? order by revoked_at, serial";

    private final Tenancy tenancy;

    /** An invitation as it is kept. */
    record Invited(
            AgentId agent,
            SiteId site,
            String issuedBy,
            Instant expiresAt,
            Optional<Instant> usedAt,
            Optional<VerificationKey> usedKey,
            Optional<Instant> replacedAt) {}

    EnrolmentTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Keeps a token's hash; an earlier token for the same agent that nobody has used ends. */
    void invite(Hash token, AgentId agent, SiteId site, String issuedBy, Instant now, Instant expiresAt) {
        tenancy.run("keep an invitation", connection -> {
            try (PreparedStatement replace = connection.prepareStatement(REPLACE);
                    PreparedStatement insert = connection.prepareStatement(INVITE)) {
                replace.setTimestamp(1, Timestamp.from(now));
                replace.setString(2, agent.value());
                replace.executeUpdate();
                insert.setString(1, tenancy.current().value());
                insert.setBytes(2, token.bytes());
                insert.setString(3, agent.value());
                insert.setString(4, site.value());
                insert.setString(5, issuedBy);
                insert.setTimestamp(6, Timestamp.from(now));
                insert.setTimestamp(7, Timestamp.from(expiresAt));
                insert.executeUpdate();
            }
        });
    }

    /** The invitation behind a token, locked until the transaction ends: of two that come at once, one waits. */
    Optional<Invited> locked(Hash token) {
        return tenancy.sql("look for an invitation", connection -> {
            try (PreparedStatement select = connection.prepareStatement(LOCKED)) {
                select.setBytes(1, token.bytes());
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    byte @Nullable [] key = row.getBytes(6);
                    return Optional.of(new Invited(
                            AgentId.of(row.getString(1)),
                            SiteId.of(row.getString(2)),
                            row.getString(3),
                            row.getTimestamp(4).toInstant(),
                            instant(row.getTimestamp(5)),
                            Optional.ofNullable(key).map(VerificationKey::of),
                            instant(row.getTimestamp(7))));
                }
            }
        });
    }

    private static Optional<Instant> instant(@Nullable Timestamp timestamp) {
        return Optional.ofNullable(timestamp).map(Timestamp::toInstant);
    }

    void use(Hash token, VerificationKey key, Instant now) {
        tenancy.run("use an invitation", connection -> {
            try (PreparedStatement update = connection.prepareStatement(USE)) {
                update.setTimestamp(1, Timestamp.from(now));
                update.setBytes(2, key.raw());
                update.setBytes(3, token.bytes());
                update.executeUpdate();
            }
        });
    }

    void certify(AgentId agent, Issued issued, Instant now, long requestedMs) {
        tenancy.run("keep a certificate's number", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(CERTIFY)) {
                insert.setString(1, tenancy.current().value());
                insert.setString(2, issued.serial());
                insert.setString(3, agent.value());
                insert.setTimestamp(4, Timestamp.from(now));
                insert.setTimestamp(5, Timestamp.from(issued.notAfter()));
                insert.setLong(6, requestedMs);
                insert.executeUpdate();
            }
        });
    }

    /** The agent's clock in its newest request, ms; 0 before the first renewal. */
    long lastRequestMs(AgentId agent) {
        return tenancy.sql("look for an agent's last request", connection -> {
            try (PreparedStatement select = connection.prepareStatement(LAST_REQUEST)) {
                select.setString(1, agent.value());
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /** Puts every certificate of an agent on the revocation list. */
    void revoke(AgentId agent, Instant now) {
        tenancy.run("revoke an agent's certificates", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(REVOKE)) {
                insert.setTimestamp(1, Timestamp.from(now));
                insert.setString(2, agent.value());
                insert.executeUpdate();
            }
        });
    }

    /** Revoked certificates of all tenants that have not expired by themselves. */
    List<Revoked> revoked(Instant now) {
        return tenancy.sql("read revoked certificates", connection -> {
            List<Revoked> revoked = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(REVOKED)) {
                select.setTimestamp(1, Timestamp.from(now));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        revoked.add(new Revoked(
                                rows.getString(1), rows.getTimestamp(2).toInstant()));
                    }
                }
            }
            return revoked;
        });
    }
}
