package energy.audit.web.access;

import energy.audit.access.Caller;
import energy.audit.kernel.Refusal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Set;
import org.wildfly.security.http.oidc.IDToken;
import org.wildfly.security.http.oidc.OidcPrincipal;

/** Who makes this request, as the identity provider says. */
@RequestScoped
public class SignedIn {
    private final HttpServletRequest request;

    @Inject
    public SignedIn(HttpServletRequest request) {
        this.request = request;
    }

    /** @throws Refusal NOBODY when nobody is signed in */
    public Caller caller() {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            throw Refusal.forbidden("NOBODY", "this page", "nobody is signed in", "Sign in.");
        }
        return new Caller(
                principal.getName(),
                request.isUserInRole(Caller.INSTALLATION_ADMIN) ? Set.of(Caller.INSTALLATION_ADMIN) : Set.of());
    }

    /** First and last name as the identity provider has them; else the user name. */
    public String fullName() {
        Principal principal = request.getUserPrincipal();
        if (principal instanceof OidcPrincipal<?> person) {
            IDToken token = person.getOidcSecurityContext().getIDToken();
            if (token != null && token.getName() != null && !token.getName().isBlank()) {
                return token.getName();
            }
        }
        return principal == null ? "" : principal.getName();
    }
}
