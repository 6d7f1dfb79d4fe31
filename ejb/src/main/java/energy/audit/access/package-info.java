/**
 * Who may do what in a tenant: memberships and grants with a beginning and an end, and looks across tenants. Each grant
 * and each look is an entry of the log. Owns tables {@code tenant}, {@code access_grant}.
 *
 * <p>How the caller is known: an edge (REST, Faces) makes a {@link Caller} from the identity provider's token and enters
 * with {@link Access#inTenant}; that binds tenant and caller together for the length of the work. Programs inside the
 * backend enter with {@link Access#asSystem}. Every method of a door then asks {@link Access#require}, without passing
 * the caller along; with no caller bound the answer is no.
 *
 * <p>Promises: R1 no permission without a grant that is in force at that instant. R2 every grant, revocation and look
 * across tenants is an entry of the log of the tenant concerned.
 */
@Capability(
        door = Access.class,
        uses = {"log"})
@NullMarked
package energy.audit.access;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
