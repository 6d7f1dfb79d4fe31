package energy.audit.web.signin;

import energy.audit.access.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Set;

/** The caller of the current request, as the identity provider names them. */
@RequestScoped
public class CallerOfRequest {
    @Inject
    @SuppressWarnings("NullAway.Init")
    HttpServletRequest request;

    /** @throws IllegalStateException for a request that has not signed in; the container lets none through */
    public Caller caller() {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            throw new IllegalStateException("nobody has signed in for " + request.getRequestURI());
        }
        boolean administrator = request.isUserInRole(Caller.INSTALLATION_ADMIN);
        return new Caller(principal.getName(), administrator ? Set.of(Caller.INSTALLATION_ADMIN) : Set.of());
    }
}
