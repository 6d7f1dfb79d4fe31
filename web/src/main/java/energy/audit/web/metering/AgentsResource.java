package energy.audit.web.metering;

import energy.audit.evidence.VerificationKey;
import energy.audit.ingest.AnnouncedMapping;
import energy.audit.ingest.Ingest;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Agent;
import energy.audit.metering.Metering;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.LogIndex;
import energy.audit.web.rest.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Agents and the keys they sign with. */
@Path("/tenants/{tenant}/agents")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AgentsResource {
    private static final int KEY_BYTES = 32;

    @Inject
    Entrance entrance;

    @Inject
    Metering metering;

    @Inject
    Ingest ingest;

    /** {@code publicKey} Ed25519, raw 32 bytes, base64. */
    public record AgentJson(
            String agent, String site, String publicKey, String validFrom, boolean revoked, long logIndex) {
        static AgentJson of(Agent agent) {
            return new AgentJson(
                    agent.id().value(),
                    agent.site().value(),
                    Base64.getEncoder().encodeToString(agent.key().raw()),
                    agent.validFrom().toString(),
                    agent.revoked(),
                    agent.logIndex());
        }
    }

    @GET
    @Operation(summary = "Enrolled agents with their newest keys")
    public Page<AgentJson> list(@PathParam("tenant") String tenant) {
        return entrance.in(
                tenant,
                () -> Page.whole(metering.agents().stream().map(AgentJson::of).toList()));
    }

    /** {@code mapping}: {@code device_mapping.json} as text, byte for byte as the agent signed it. */
    public record MappingJson(long logIndex, long sequence, String sealedAt, String sha256, String mapping) {
        static MappingJson of(AnnouncedMapping announced) {
            return new MappingJson(
                    announced.logIndex(),
                    announced.sequence(),
                    announced.sealedAt().toString(),
                    announced.sha256().hex(),
                    announced.text());
        }
    }

    @GET
    @Path("/{agent}/mappings")
    @Operation(summary = "Device mappings that the agent announced in signed batches, each from its sequence on")
    public Page<MappingJson> mappings(@PathParam("tenant") String tenant, @PathParam("agent") String agent) {
        AgentId id = AgentId.of(agent);
        return entrance.in(
                tenant,
                () -> Page.whole(
                        ingest.mappings(id).stream().map(MappingJson::of).toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Enrol an agent's key {agent, site, publicKey}; the same again makes no new entry")
    public LogIndex enrol(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("agent", text).onlyFields("agent", "site", "publicKey");
        AgentId agent = AgentId.of(body.text("agent"));
        SiteId site = SiteId.of(body.text("site"));
        VerificationKey key = key(body.text("publicKey"));
        return entrance.in(tenant, () -> new LogIndex(metering.enrolAgent(agent, site, key)));
    }

    private static VerificationKey key(String base64) {
        try {
            byte[] raw = Base64.getDecoder().decode(base64);
            if (raw.length == KEY_BYTES) {
                return VerificationKey.of(raw);
            }
            throw badKey("it has " + raw.length + " bytes");
        } catch (IllegalArgumentException e) {
            throw badKey("it is not base64 of a public key (" + e.getMessage() + ")");
        }
    }

    private static Refusal badKey(String why) {
        return Refusal.invalid(
                "BAD_KEY",
                "agent, field publicKey",
                why,
                "Send what `java -jar edge-agent.jar init --config DIR` prints: 32 bytes, base64.");
    }
}
