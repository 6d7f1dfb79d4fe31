package energy.audit.web.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.http.oidc.OidcClientConfiguration;
import org.wildfly.security.http.oidc.OidcClientConfigurationBuilder;
import org.wildfly.security.http.oidc.OidcClientConfigurationResolver;
import org.wildfly.security.http.oidc.OidcHttpFacade;

/**
 * Two ways to sign in, chosen by path: REST takes bearer tokens only, so that a call without one is answered with 401
 * whatever it accepts and a browser's session opens nothing there; everything else takes the browser's session and
 * sends who has none to the identity provider.
 */
public final class OidcByPath implements OidcClientConfigurationResolver {
    private static final String FILE = "oidc.json";

    private @Nullable OidcClientConfiguration browser;
    private @Nullable OidcClientConfiguration bearer;

    /** Made by the server, by its name in web.xml. */
    public OidcByPath() {}

    @Override
    public OidcClientConfiguration resolve(OidcHttpFacade.Request request) {
        return isRest(URI.create(request.getURI()).getRawPath()) ? bearer() : browser();
    }

    static boolean isRest(@Nullable String path) {
        return path != null && (path.equals("/api") || path.startsWith("/api/"));
    }

    private synchronized OidcClientConfiguration browser() {
        OidcClientConfiguration made = browser == null ? read(false) : browser;
        browser = made;
        return made;
    }

    private synchronized OidcClientConfiguration bearer() {
        OidcClientConfiguration made = bearer == null ? read(true) : bearer;
        bearer = made;
        return made;
    }

    private static OidcClientConfiguration read(boolean bearerOnly) {
        try (InputStream file = OidcByPath.class.getResourceAsStream("/" + FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not on the class path of the portal");
            }
            String json = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            if (bearerOnly) {
                json = json.replaceFirst("\\{", "{ \"bearer-only\": true,");
            }
            return OidcClientConfigurationBuilder.build(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }
}
