package energy.audit.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** The portal's REST interface, entered with the service account of the command line. */
final class Backend {
    private final URI api;
    private final Rest rest;
    private final String token;

    private Backend(URI api, Rest rest, String token) {
        this.api = api;
        this.rest = rest;
        this.token = token;
    }

    /** Signs in; the token lasts five minutes. */
    static Backend of(Installation installation) {
        Ports ports = installation.ports();
        Rest rest = new Rest();
        String token = rest.token(
                Keycloak.tokenUrl(ports),
                "grant_type=client_credentials&client_id=cli&client_secret="
                        + installation.secrets().of("oidc.cli.secret"));
        return new Backend(URI.create("http://127.0.0.1:" + ports.http() + "/api/v1"), rest, token);
    }

    JsonNode post(String path, JsonNode body) {
        return rest.post(URI.create(api + path), token, body);
    }

    JsonNode get(String path) {
        return rest.get(URI.create(api + path), token);
    }
}
