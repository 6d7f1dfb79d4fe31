package energy.audit.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** Changes an existing realm through Keycloak's admin API; the import file is read for a new realm only. */
final class KeycloakAdmin {
    static final String USER = "stack-admin";

    private final String base;
    private final Rest rest = new Rest();
    private final String token;

    private KeycloakAdmin(String base, String token) {
        this.base = base;
        this.token = token;
    }

    static KeycloakAdmin of(Installation installation) {
        String base = Keycloak.base(installation.ports()).toString();
        String token = new Rest()
                .token(
                        URI.create(base + "/realms/master/protocol/openid-connect/token"),
                        "grant_type=password&client_id=admin-cli&username=" + USER + "&password="
                                + installation.secrets().of(Keycloak.ADMIN_SECRET));
        return new KeycloakAdmin(base, token);
    }

    void redirects(String client, ArrayNode wanted) {
        ObjectNode found = client(client);
        if (!found.path("redirectUris").equals(wanted)) {
            found.set("redirectUris", wanted);
            put(found);
        }
    }

    void clientSecret(String client, String secret) {
        put(client(client).put("secret", secret));
    }

    void ownPassword(String password) {
        String users = base + "/admin/realms/master/users";
        JsonNode user = rest.get(URI.create(users + "?exact=true&username=" + USER), token)
                .path(0);
        rest.put(
                URI.create(users + "/" + user.path("id").asText() + "/reset-password"),
                token,
                new ObjectMapper()
                        .createObjectNode()
                        .put("type", "password")
                        .put("value", password)
                        .put("temporary", false));
    }

    private ObjectNode client(String id) {
        JsonNode found =
                rest.get(URI.create(clients() + "?clientId=" + id), token).path(0);
        if (found instanceof ObjectNode client) {
            return client;
        }
        throw new StackFailure(
                "Keycloak", "its realm energy-audit has no client " + id, "Start with --fresh, or restore the client");
    }

    private void put(ObjectNode client) {
        rest.put(URI.create(clients() + "/" + client.path("id").asText()), token, client);
    }

    private String clients() {
        return base + "/admin/realms/energy-audit/clients";
    }
}
