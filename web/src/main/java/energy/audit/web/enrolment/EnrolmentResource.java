package energy.audit.web.enrolment;

import energy.audit.enrolment.EnrolledAgent;
import energy.audit.enrolment.Enrolment;
import energy.audit.enrolment.Redemption;
import energy.audit.enrolment.Renewal;
import energy.audit.evidence.VerificationKey;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.LogIndex;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Where agents come that nobody has signed in: a token or a signature is what they show. The answer to anybody else is one
 * and the same, and attempts are limited.
 */
@Path("/enrolment")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class EnrolmentResource {
    /** A revocation list, RFC 5280 and RFC 2585. */
    private static final String CRL = "application/pkix-crl";

    @Inject
    Enrolment enrolment;

    @Context
    @SuppressWarnings("NullAway.Init")
    HttpServletRequest request;

    /** Keys and certificates in PEM or base64; {@code brokerAuthority} is empty for a public authority. */
    public record EnrolledJson(
            String tenant,
            String agent,
            String site,
            String installation,
            String logPublicKey,
            String certificate,
            String certificateNotAfter,
            String brokerHost,
            int brokerPort,
            String brokerAuthority) {
        static EnrolledJson of(EnrolledAgent enrolled) {
            return new EnrolledJson(
                    enrolled.tenant().value(),
                    enrolled.agent().value(),
                    enrolled.site().value(),
                    enrolled.installation(),
                    Base64.getEncoder().encodeToString(enrolled.logKey().raw()),
                    enrolled.certificate(),
                    enrolled.notAfter().toString(),
                    enrolled.brokerHost(),
                    enrolled.brokerPort(),
                    enrolled.brokerAuthority());
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Enrol with a one-time token {token, site?, publicKey, request (PKCS #10), proof}; no account is needed")
    public EnrolledJson enrol(String text) {
        Body body = Body.of("enrolment", text).onlyFields("token", "site", "publicKey", "request", "proof");
        return EnrolledJson.of(enrolment.redeem(
                new Redemption(
                        body.text("token"),
                        body.optionalText("site").map(SiteId::of),
                        key(body),
                        body.text("request"),
                        bytes(body, "proof")),
                request.getRemoteAddr()));
    }

    @POST
    @Path("/certificates")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "The next certificate of an enrolled agent {tenant, agent, request (PKCS #10), atMs, proof}")
    public EnrolledJson renew(String text) {
        Body body = Body.of("certificate request", text).onlyFields("tenant", "agent", "request", "atMs", "proof");
        return EnrolledJson.of(enrolment.renew(
                new Renewal(
                        TenantId.of(body.text("tenant")),
                        AgentId.of(body.text("agent")),
                        body.text("request"),
                        body.optionalLong("atMs").orElse(0L),
                        bytes(body, "proof")),
                request.getRemoteAddr()));
    }

    @POST
    @Path("/key-changes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "An agent's announcement of its next key {announcement (SignedKeyChange, base64)}")
    public LogIndex changeKey(String text) {
        Body body = Body.of("key change", text).onlyFields("announcement");
        return new LogIndex(enrolment.changeKey(bytes(body, "announcement"), request.getRemoteAddr()));
    }

    @GET
    @Path("/revocations")
    @Produces(CRL)
    @Operation(summary = "Revoked client certificates of agents (CRL, DER), for the brokers")
    public byte[] revocations() {
        return enrolment.revocationList();
    }

    private static VerificationKey key(Body body) {
        try {
            return VerificationKey.of(bytes(body, "publicKey"));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(
                    "BAD_KEY", "field publicKey", String.valueOf(e.getMessage()), "Send a raw Ed25519 key in base64.");
        }
    }

    private static byte[] bytes(Body body, String field) {
        try {
            return Base64.getDecoder().decode(body.text(field));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("BAD_FIELD", "field " + field, "it is not base64", "Correct it.");
        }
    }
}
