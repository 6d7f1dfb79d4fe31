package energy.audit.tenancy;

import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/**
 * Tells Hibernate whose rows it may see: wall 1. Made by Hibernate from its class name, so it reads the thread's scope.
 * No tenant bound: it throws. There is no root tenant.
 */
public final class TenantResolver implements CurrentTenantIdentifierResolver<String> {
    @Override
    public String resolveCurrentTenantIdentifier() {
        Scope scope = Scope.current();
        TenantId tenant = scope == null ? null : scope.tenant();
        if (tenant == null) {
            throw Refusal.conflict(
                    "NO_TENANT",
                    "records of a tenant",
                    "no tenant is bound to this thread",
                    "Enter one with Tenancy.within.");
        }
        return tenant.value();
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }
}
