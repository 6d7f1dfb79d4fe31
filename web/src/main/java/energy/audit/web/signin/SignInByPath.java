package energy.audit.web.signin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import org.wildfly.security.http.oidc.OidcClientConfiguration;
import org.wildfly.security.http.oidc.OidcClientConfigurationBuilder;
import org.wildfly.security.http.oidc.OidcClientConfigurationResolver;
import org.wildfly.security.http.oidc.OidcHttpFacade;

/**
 * Programs under {@code /api} bring a bearer token and get 401 without one, whatever they accept; a browser's session
 * opens nothing there. People are sent to the sign-in page.
 */
public final class SignInByPath implements OidcClientConfigurationResolver {
    private final OidcClientConfiguration person = configuration("person.json");
    private final OidcClientConfiguration program = configuration("program.json");

    @Override
    public OidcClientConfiguration resolve(OidcHttpFacade.Request request) {
        String path = URI.create(request.getURI()).getPath();
        return path.equals("/api") || path.startsWith("/api/") ? program : person;
    }

    private static OidcClientConfiguration configuration(String name) {
        try (InputStream json = SignInByPath.class.getResourceAsStream(name)) {
            if (json == null) {
                throw new IllegalStateException("the web archive lacks " + name);
            }
            return OidcClientConfigurationBuilder.build(json);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
