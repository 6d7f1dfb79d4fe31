package energy.audit.access;

import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import energy.audit.tenancy.Tenancy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables {@code tenant} and {@code access_grant}. */
final class MembershipTable {
    private static final String OWN = """
            select t.tenant_id, t.name, g.role from access_grant g join tenant t on t.tenant_id = g.tenant_id
            where g.person = ? and g.revoked_by is null and g.from_at <= ? and (g.to_at is null or g.to_at > ?)
            order by t.name""";

    private final Tenancy tenancy;

    MembershipTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    void nameTenant(TenantId tenant, String name, Instant openedAt) {
        tenancy.run("name the tenant", connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into tenant (tenant_id, name, opened_at) values (?, ?, ?)")) {
                insert.setString(1, tenant.value());
                insert.setString(2, name);
                insert.setTimestamp(3, Timestamp.from(openedAt));
                insert.executeUpdate();
            }
        });
    }

    String tenantName() {
        return tenancy.sql("read the tenant's name", connection -> {
            try (PreparedStatement select = connection.prepareStatement("select name from tenant");
                    ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw Refusal.notFound(
                            "UNKNOWN_TENANT",
                            "tenant " + tenancy.current(),
                            "there is no such tenant",
                            "Look at the list of tenants.");
                }
                return row.getString(1);
            }
        });
    }

    /** Asked inside {@link Tenancy#asPerson}: the person's own grants in all tenants. */
    List<Membership> own(String person, Instant at) {
        return tenancy.sql("read memberships", connection -> {
            Map<TenantId, String> names = new LinkedHashMap<>();
            Map<TenantId, Set<Role>> roles = new LinkedHashMap<>();
            try (PreparedStatement select = connection.prepareStatement(OWN)) {
                select.setString(1, person);
                select.setTimestamp(2, Timestamp.from(at));
                select.setTimestamp(3, Timestamp.from(at));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        Role role = Role.of(rows.getString(3));
                        if (role != Role.INSTALLATION_ADMIN) {
                            TenantId tenant = TenantId.of(rows.getString(1));
                            names.put(tenant, rows.getString(2));
                            roles.computeIfAbsent(tenant, t -> EnumSet.noneOf(Role.class))
                                    .add(role);
                        }
                    }
                }
            }
            List<Membership> own = new ArrayList<>();
            roles.forEach((tenant, held) -> own.add(new Membership(tenant, names.getOrDefault(tenant, ""), held)));
            return own;
        });
    }

    /** Roles of a person in the current tenant, in force at an instant. */
    Set<Role> roles(String person, Instant at) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        tenancy.entities()
                .createQuery(
                        "select g from GrantRow g where g.person = :person and g.revokedBy is null", GrantRow.class)
                .setParameter("person", person)
                .getResultStream()
                .map(GrantRow::grant)
                .filter(grant -> grant.inForceAt(at))
                .forEach(grant -> roles.add(grant.role()));
        return roles;
    }

    List<GrantRow> unrevoked(String person, Role role) {
        return tenancy.entities()
                .createQuery(
                        "select g from GrantRow g where g.person = :person and g.role = :role and g.revokedBy is null",
                        GrantRow.class)
                .setParameter("person", person)
                .setParameter("role", role.text())
                .getResultList();
    }

    List<Grant> grants() {
        return tenancy
                .entities()
                .createQuery("select g from GrantRow g order by g.logIndex", GrantRow.class)
                .getResultList()
                .stream()
                .map(GrantRow::grant)
                .toList();
    }

    void add(Grant grant) {
        tenancy.entities().persist(new GrantRow(grant));
    }
}
