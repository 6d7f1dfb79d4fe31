package energy.audit.access;

import energy.audit.kernel.TenantId;
import java.util.Set;

/**
 * A tenant that a caller may enter.
 *
 * @param tenantName as people write it
 * @param roles in force now; only {@link Role#INSTALLATION_ADMIN} for an administrator without a grant
 */
public record Membership(TenantId tenant, String tenantName, Set<Role> roles) {
    public Membership {
        roles = Set.copyOf(roles);
    }
}
