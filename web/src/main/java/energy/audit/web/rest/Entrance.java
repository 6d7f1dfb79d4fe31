package energy.audit.web.rest;

import energy.audit.access.Access;
import energy.audit.kernel.TenantId;
import energy.audit.web.access.SignedIn;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/** The one way from a request into a tenant: membership is checked, and tenant and caller are bound to the work. */
@RequestScoped
public class Entrance {
    private final Access access;
    private final SignedIn signedIn;

    @Inject
    public Entrance(Access access, SignedIn signedIn) {
        this.access = access;
        this.signedIn = signedIn;
    }

    /** Runs work in one transaction of the tenant; whatever it returns must not need the transaction any more. */
    public <T> T in(String tenant, Supplier<T> work) {
        return access.inTenant(signedIn.caller(), TenantId.of(tenant), work);
    }
}
