package energy.audit.access;

import energy.audit.kernel.TenantId;
import energy.audit.log.TenantLog;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** SIGNATURES, being filled. */
@ApplicationScoped
public class Access {
    @Inject
    public Access(Tenancy tenancy, TenantLog log) {}

    /** Tenants this caller may enter, by name; all of them for an administrator of the installation. */
    public List<Membership> memberships(Caller caller) { throw new UnsupportedOperationException(); }

    /** Enters a tenant: checks the caller's grants, opens (or joins) the tenant's transaction, binds the caller to it. */
    public <T> T inTenant(Caller caller, TenantId tenant, Supplier<T> work) { throw new UnsupportedOperationException(); }

    public void inTenant(Caller caller, TenantId tenant, Runnable work) { throw new UnsupportedOperationException(); }

    /** Enters a tenant as a part of this program, for example {@code consumption}; has every permission. */
    public <T> T asSystem(String part, TenantId tenant, Supplier<T> work) { throw new UnsupportedOperationException(); }

    /** @throws energy.audit.kernel.Refusal FORBIDDEN when the bound caller lacks it, or nobody is bound */
    public void require(Permission permission) { throw new UnsupportedOperationException(); }

    /** Name of the bound caller, as the actor of log entries. */
    public String actor() { throw new UnsupportedOperationException(); }

    public Set<Role> roles() { throw new UnsupportedOperationException(); }

    public long grant(String person, Role role, Instant from, Optional<Instant> to, String reason) { throw new UnsupportedOperationException(); }

    public long revoke(String person, Role role, String reason) { throw new UnsupportedOperationException(); }

    public List<Grant> grants() { throw new UnsupportedOperationException(); }
}
