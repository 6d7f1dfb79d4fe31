package energy.audit.enrolment;

import energy.audit.kernel.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where agents reach this installation from outside.
 *
 * @param portal HTTPS address of the portal, with a slash at its end
 * @param authority PEM file with what its certificates chain to; none there: a public authority
 */
public record Reach(URI portal, String brokerHost, int brokerPort, Path authority) {
    static final String PORTAL_PROPERTY = "energy.audit.agents.portal";
    static final String BROKER_PROPERTY = "energy.audit.agents.broker";

    /** Reads addresses as the server's properties give them. @param broker {@code host:port} */
    public static Reach of(String portal, String broker, Path keys) {
        int colon = broker.lastIndexOf(':');
        try {
            return new Reach(
                    URI.create(portal.endsWith("/") ? portal : portal + "/"),
                    broker.substring(0, Math.max(0, colon)),
                    Integer.parseInt(broker.substring(colon + 1)),
                    keys.resolve("tls.crt"));
        } catch (IllegalArgumentException e) {
            throw new Fault(
                    "NOT_CONFIGURED",
                    "system properties " + PORTAL_PROPERTY + " and " + BROKER_PROPERTY,
                    "'" + portal + "' and '" + broker + "' are no addresses",
                    "Give https://HOST:PORT/ and HOST:PORT.",
                    e);
        }
    }

    /** What the certificates chain to, PEM; empty for a public authority. */
    String authorityPem() {
        try {
            return Files.exists(authority) ? Files.readString(authority) : "";
        } catch (IOException e) {
            throw new Fault(
                    "AUTHORITY_UNREADABLE", authority.toString(), "it cannot be read: " + e, "Check its owner.", e);
        }
    }
}
