package energy.audit.web.metering;

import energy.audit.evidence.VerificationKey;
import energy.audit.fleet.Fleet;
import energy.audit.fleet.Silence;
import energy.audit.fleet.Vitals;
import energy.audit.ingest.AnnouncedMapping;
import energy.audit.ingest.CommissionedRegister;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

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

    @Inject
    Fleet fleet;

    /**
     * What an agent's newest batch tells; durations ISO 8601, sizes in bytes, 0: it did not say.
     *
     * @param silentAfter how long it may be silent, null: it is not expected
     */
    public record HealthJson(
            String lastContact,
            String lag,
            long sequence,
            String version,
            @Nullable String pollInterval,
            @Nullable String silentAfter,
            boolean silent,
            String cycleP99,
            long keptBatches,
            long keptBytes,
            long bufferMaxBytes,
            long diskFreeBytes,
            @Nullable String oldestKept,
            boolean clockSynchronised,
            long clockErrorMs) {
        static HealthJson of(Vitals vitals, @Nullable Duration silentAfter, boolean silent) {
            return new HealthJson(
                    vitals.heardAt().toString(),
                    Duration.between(vitals.sealedAt(), vitals.heardAt()).toString(),
                    vitals.sequence(),
                    vitals.version(),
                    vitals.pollInterval().map(Duration::toString).orElse(null),
                    silentAfter == null ? null : silentAfter.toString(),
                    silent,
                    vitals.cycleP99().toString(),
                    vitals.keptBatches(),
                    vitals.keptBytes(),
                    vitals.bufferMaxBytes(),
                    vitals.diskFreeBytes(),
                    vitals.oldestKept().map(Instant::toString).orElse(null),
                    vitals.clockSynchronised(),
                    vitals.clockErrorMs());
        }
    }

    /** {@code publicKey} Ed25519, raw 32 bytes, base64; {@code health} null before the first batch. */
    public record AgentJson(
            String agent,
            String site,
            String publicKey,
            String validFrom,
            boolean revoked,
            long logIndex,
            @Nullable HealthJson health) {
        static AgentJson of(Agent agent, @Nullable HealthJson health) {
            return new AgentJson(
                    agent.id().value(),
                    agent.site().value(),
                    Base64.getEncoder().encodeToString(agent.key().raw()),
                    agent.validFrom().toString(),
                    agent.revoked(),
                    agent.logIndex(),
                    health);
        }
    }

    @GET
    @Operation(summary = "Enrolled agents with their newest keys and what they tell about themselves")
    public Page<AgentJson> list(@PathParam("tenant") String tenant) {
        return entrance.in(tenant, () -> {
            Map<AgentId, Vitals> vitals = fleet.vitals();
            Map<AgentId, Duration> silentAfter = fleet.silentAfter();
            Set<AgentId> silent = fleet.silentNow().stream().map(Silence::agent).collect(Collectors.toSet());
            return Page.whole(metering.agents().stream()
                    .map(agent -> AgentJson.of(
                            agent,
                            Optional.ofNullable(vitals.get(agent.id()))
                                    .map(told -> HealthJson.of(
                                            told, silentAfter.get(agent.id()), silent.contains(agent.id())))
                                    .orElse(null)))
                    .toList());
        });
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

    /**
     * {@code record}: the JSON text that the signature (Ed25519 over {@code energy-audit/commissioning/v1}, LF and the text) covers,
     * in base64 like {@code publicKey} and {@code signature}; {@code signatureFits}: by a key that the agent has or had.
     */
    public record CommissioningJson(
            long logIndex, long sequence, String record, String publicKey, String signature, boolean signatureFits) {
        static CommissioningJson of(CommissionedRegister found) {
            Base64.Encoder base64 = Base64.getEncoder();
            return new CommissioningJson(
                    found.logIndex(),
                    found.sequence(),
                    base64.encodeToString(found.signed().getRecord().toByteArray()),
                    base64.encodeToString(found.signed().getPublicKey().toByteArray()),
                    base64.encodeToString(found.signed().getSignature().toByteArray()),
                    found.signatureFits());
        }
    }

    @GET
    @Path("/{agent}/commissioning")
    @Operation(
            summary = "What the agent's probe found at meters: signed records that its batches carried, newest first")
    public Page<CommissioningJson> commissioning(@PathParam("tenant") String tenant, @PathParam("agent") String agent) {
        AgentId id = AgentId.of(agent);
        return entrance.in(
                tenant,
                () -> Page.whole(ingest.commissioned().stream()
                        .filter(found -> found.agent().equals(id))
                        .map(CommissioningJson::of)
                        .toList()));
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
