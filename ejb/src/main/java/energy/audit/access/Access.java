package energy.audit.access;

import energy.audit.evidence.wire.AccessGrant;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.TenantOpened;
import energy.audit.kernel.Open;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import energy.audit.log.EntryDraft;
import energy.audit.log.TenantLog;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who may enter a tenant, and what they may do there. */
@ApplicationScoped
public class Access {
    /** How long a look across tenants lasts before it is recorded anew. */
    private static final Duration LOOK = Duration.ofHours(1);

    /** Whoever has entered, in this thread. */
    private static final ThreadLocal<@Nullable Entered> ENTERED = new ThreadLocal<>();

    private final Tenancy tenancy;
    private final TenantLog log;
    private final Clock clock;
    private final MembershipTable memberships;

    private record Entered(String actor, Set<Role> roles, Set<Permission> permissions) {}

    @Inject
    public Access(Tenancy tenancy, TenantLog log, Clock clock) {
        this.tenancy = tenancy;
        this.log = log;
        this.clock = clock;
        this.memberships = new MembershipTable(tenancy);
    }

    /**
     * Opens a tenant with TENANT_OPENED as the first entry of its log. Opens its own transaction.
     *
     * @param caller an administrator of the installation
     * @return false when the tenant was open already; then nothing is changed
     */
    @Open("asks for the administrator's realm role; there is no tenant yet whose grants could be asked")
    public boolean openTenant(Caller caller, TenantId tenant, String name) {
        requireAdministrator(caller, "opening tenant " + tenant);
        if (name.isBlank()) {
            throw Refusal.invalid("NO_NAME", "tenant " + tenant, "its name is empty", "Give the name people use.");
        }
        return tenancy.within(tenant, () -> {
            if (!tenancy.enlist()) {
                return false;
            }
            log.open();
            memberships.nameTenant(tenant, name, clock.instant());
            byte[] payload = TenantOpened.newBuilder()
                    .setTenant(tenant.value())
                    .setName(name)
                    .build()
                    .toByteArray();
            log.append(new EntryDraft(EntryKind.TENANT_OPENED, caller.person(), payload));
            return true;
        });
    }

    /** Tenants this caller may enter now, by name; all of them for an administrator of the installation. */
    @Open("everybody may know own memberships")
    public List<Membership> memberships(Caller caller) {
        List<Membership> own =
                tenancy.asPerson(caller.person(), () -> memberships.own(caller.person(), clock.instant()));
        if (!caller.isInstallationAdmin()) {
            return own;
        }
        List<Membership> all = new ArrayList<>();
        for (TenantId tenant : tenancy.directory()) {
            Set<Role> roles = EnumSet.of(Role.INSTALLATION_ADMIN);
            own.stream().filter(m -> m.tenant().equals(tenant)).forEach(m -> roles.addAll(m.roles()));
            all.add(new Membership(tenant, tenancy.within(tenant, memberships::tenantName), roles));
        }
        return all;
    }

    /**
     * Enters a tenant: opens (or joins) its transaction, checks the caller's grants, and binds the caller to the work. An
     * administrator of the installation needs no grant; the first look in an hour becomes an entry of the tenant's log.
     *
     * @throws Refusal NOT_A_MEMBER, also for a tenant that does not exist, which a stranger need not know
     */
    @Open("this is where it is decided")
    public <T> T inTenant(Caller caller, TenantId tenant, Supplier<T> work) {
        return tenancy.within(tenant, () -> entered(enter(caller), work));
    }

    /** {@link #inTenant(Caller, TenantId, Supplier)} without a result. */
    @Open("this is where it is decided")
    public void inTenant(Caller caller, TenantId tenant, Runnable work) {
        inTenant(caller, tenant, () -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** Enters a tenant as a part of this program, which may do everything. @param part for example {@code consumption} */
    @Open("no person is involved; the part's name becomes the actor of what it writes")
    public <T> T asSystem(String part, TenantId tenant, Supplier<T> work) {
        Entered entered = new Entered(part, Set.of(), EnumSet.allOf(Permission.class));
        return tenancy.within(tenant, () -> entered(entered, work));
    }

    /** @throws Refusal NO_PERMISSION when whoever has entered lacks it; NOBODY_ENTERED when nobody has */
    @Open("this is where it is decided")
    public void require(Permission permission) {
        Entered entered = whoEntered();
        if (!entered.permissions().contains(permission)) {
            throw Refusal.forbidden(
                    "NO_PERMISSION",
                    permission + " in tenant " + tenancy.current(),
                    entered.actor() + " is " + roleTexts(entered.roles()) + " there, which does not include it",
                    "Ask the energy manager of the tenant for a role that does.");
        }
    }

    /** True when {@link #require} would not throw: for pages that hide what would be refused. */
    @Open("tells the caller about the caller")
    public boolean may(Permission permission) {
        Entered entered = ENTERED.get();
        return entered != null && tenancy.isBound() && entered.permissions().contains(permission);
    }

    /** Who has entered: the actor of log entries. */
    @Open("tells the caller about the caller")
    public String actor() {
        return whoEntered().actor();
    }

    /** Roles of whoever has entered, in force now. */
    @Open("tells the caller about the caller")
    public Set<Role> roles() {
        return whoEntered().roles();
    }

    /** The current tenant's name, as people write it. */
    public String tenantName() {
        require(Permission.SEE);
        return memberships.tenantName();
    }

    /**
     * Gives a role to a person. The same role with the same end, while in force, is not given twice.
     *
     * @param to first instant it is no longer in force; empty: until revoked
     * @return index of the log's entry
     */
    public long grant(String person, Role role, Instant from, Optional<Instant> to, String reason) {
        require(Permission.GRANT);
        if (person.isBlank() || reason.isBlank()) {
            throw Refusal.invalid(
                    "INCOMPLETE_GRANT", "grant of " + role.text(), "person or reason is empty", "Give both.");
        }
        if (role == Role.INSTALLATION_ADMIN) {
            throw Refusal.invalid(
                    "UNKNOWN_ROLE",
                    "grant of " + role.text(),
                    "it comes from the identity provider, not from a tenant",
                    "Use energy-manager, consultant, auditor, operator or reader.");
        }
        if (to.isPresent() && !from.isBefore(to.get())) {
            throw Refusal.invalid(
                    "EMPTY_PERIOD", "grant to " + person, "it ends before it begins", "Change its beginning or end.");
        }
        Instant begin = from.truncatedTo(ChronoUnit.MILLIS);
        Optional<Instant> end = to.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
        log.lock();
        Optional<Grant> same = memberships.grants().stream()
                .filter(g -> g.person().equals(person)
                        && g.role() == role
                        && g.to().equals(end)
                        && !g.revoked()
                        && !g.from().isAfter(begin))
                .findFirst();
        return same.map(Grant::logIndex).orElseGet(() -> write(actor(), person, role, begin, end, reason));
    }

    /**
     * Ends a person's role now.
     *
     * @return index of the log's entry
     */
    public long revoke(String person, Role role, String reason) {
        require(Permission.GRANT);
        Instant now = now();
        AccessGrant revocation = AccessGrant.newBuilder()
                .setPerson(person)
                .setRole(role.text())
                .setFromMs(now.toEpochMilli())
                .setReason(reason)
                .setRevoked(true)
                .build();
        log.lock();
        List<GrantRow> open = memberships.unrevoked(person, role);
        if (open.isEmpty()) {
            throw Refusal.notFound(
                    "NO_SUCH_GRANT", role.text() + " of " + person, "it is not granted", "Look at the list of grants.");
        }
        long index = log.append(new EntryDraft(EntryKind.ACCESS_GRANT, actor(), revocation.toByteArray()));
        open.forEach(row -> row.revoke(index));
        return index;
    }

    /** All grants that there ever were in this tenant, in log order; looks across tenants among them. */
    public List<Grant> grants() {
        require(Permission.SEE);
        return memberships.grants();
    }

    private Entered enter(Caller caller) {
        Instant now = now();
        Set<Role> roles = memberships.roles(caller.person(), now);
        if (caller.isInstallationAdmin() && !roles.contains(Role.INSTALLATION_ADMIN)) {
            recordLook(caller, now);
            roles.add(Role.INSTALLATION_ADMIN);
        }
        if (!caller.isInstallationAdmin()) {
            // a look that was recorded does not outlive the realm role
            roles.remove(Role.INSTALLATION_ADMIN);
        }
        if (roles.isEmpty()) {
            throw Refusal.forbidden(
                    "NOT_A_MEMBER",
                    "tenant " + tenancy.current(),
                    caller.person() + " has no role there that is in force",
                    "Choose another tenant, or ask its energy manager for a role.");
        }
        Set<Permission> permissions =
                roles.stream().flatMap(role -> role.permissions().stream()).collect(Collectors.toSet());
        return new Entered(caller.person(), roles, permissions);
    }

    private void recordLook(Caller caller, Instant now) {
        log.lock();
        if (!memberships.roles(caller.person(), now).contains(Role.INSTALLATION_ADMIN)) {
            write(
                    caller.person(),
                    caller.person(),
                    Role.INSTALLATION_ADMIN,
                    now,
                    Optional.of(now.plus(LOOK)),
                    "look into the tenant as administrator of the installation");
        }
    }

    private long write(String actor, String person, Role role, Instant from, Optional<Instant> to, String reason) {
        AccessGrant grant = AccessGrant.newBuilder()
                .setPerson(person)
                .setRole(role.text())
                .setFromMs(from.toEpochMilli())
                .setToMs(to.map(Instant::toEpochMilli).orElse(0L))
                .setReason(reason)
                .build();
        long index = log.append(new EntryDraft(EntryKind.ACCESS_GRANT, actor, grant.toByteArray()));
        memberships.add(new Grant(person, role, from, to, reason, false, index));
        return index;
    }

    private <T> T entered(Entered entered, Supplier<T> work) {
        Entered outer = ENTERED.get();
        ENTERED.set(entered);
        try {
            return work.get();
        } finally {
            if (outer == null) {
                ENTERED.remove();
            } else {
                ENTERED.set(outer);
            }
        }
    }

    private Entered whoEntered() {
        Entered entered = ENTERED.get();
        if (entered == null || !tenancy.isBound()) {
            throw Refusal.forbidden(
                    "NOBODY_ENTERED", "rooms of a tenant", "nobody has entered one", "Enter with Access.inTenant.");
        }
        return entered;
    }

    /** Whole milliseconds, as the log can tell. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void requireAdministrator(Caller caller, String what) {
        if (!caller.isInstallationAdmin()) {
            throw Refusal.forbidden(
                    "NO_PERMISSION",
                    what,
                    caller.person() + " lacks the realm role " + Caller.INSTALLATION_ADMIN,
                    "Ask an administrator of the installation.");
        }
    }

    private static String roleTexts(Collection<Role> roles) {
        return roles.stream().map(Role::text).sorted().collect(Collectors.joining(", "));
    }
}
