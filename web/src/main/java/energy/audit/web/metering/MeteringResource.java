package energy.audit.web.metering;

import energy.audit.access.Access;
import energy.audit.evidence.VerificationKey;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import energy.audit.metering.Channel;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import energy.audit.metering.Site;
import energy.audit.web.access.JsonFields;
import energy.audit.web.access.TenantsResource.WrittenJson;
import energy.audit.web.signin.CallerOfRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sites, meters and agents of a tenant. */
@Path("/tenants/{tenant}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MeteringResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Metering metering;

    @Inject
    @SuppressWarnings("NullAway.Init")
    CallerOfRequest caller;

    @PathParam("tenant")
    @SuppressWarnings("NullAway.Init")
    String tenant;

    /** A site. */
    public record SiteJson(String id, String name, String zone) {}

    /** A meter with its registers. */
    public record MeterJson(
            String site,
            String id,
            String name,
            String energySource,
            String parent,
            String serial,
            List<ChannelJson> channels) {}

    /** A register: value in unit = count x multiplier + offset. */
    public record ChannelJson(
            String id, String quantity, String unit, String kind, String encoding, String multiplier, String offset) {}

    /** An enrolled agent. */
    public record AgentJson(
            String agent, String site, String publicKey, String validFrom, boolean revoked, long logIndex) {}

    @GET
    @Path("/sites")
    public List<SiteJson> sites() {
        return access.inTenant(
                caller.caller(),
                TenantId.of(tenant),
                () -> metering.sites().stream().map(MeteringResource::json).toList());
    }

    @GET
    @Path("/meters")
    public List<MeterJson> meters(@QueryParam("site") @Nullable String site) {
        return access.inTenant(caller.caller(), TenantId.of(tenant), () -> {
            List<SiteId> sites =
                    site == null ? metering.sites().stream().map(Site::id).toList() : List.of(new SiteId(site));
            return sites.stream()
                    .flatMap(id -> metering.meters(id).stream())
                    .map(MeteringResource::json)
                    .toList();
        });
    }

    @POST
    @Path("/metering-configurations")
    public WrittenJson configure(JsonObject configuration) {
        TenantId id = TenantId.of(tenant);
        return access.inTenant(
                caller.caller(),
                id,
                () -> new WrittenJson(
                        metering.configure(MeteringJson.read(id, new JsonFields("configuration", configuration)))));
    }

    @GET
    @Path("/agents")
    public List<AgentJson> agents() {
        return access.inTenant(
                caller.caller(),
                TenantId.of(tenant),
                () -> metering.agents().stream()
                        .map(a -> new AgentJson(
                                a.id().value(),
                                a.site().value(),
                                Base64.getEncoder().encodeToString(a.key().raw()),
                                a.validFrom().toString(),
                                a.revoked(),
                                a.logIndex()))
                        .toList());
    }

    @POST
    @Path("/agents")
    public WrittenJson enrol(JsonObject agent) {
        JsonFields fields = new JsonFields("agent", agent);
        return access.inTenant(
                caller.caller(),
                TenantId.of(tenant),
                () -> new WrittenJson(metering.enrolAgent(
                        new AgentId(fields.text("agent")), new SiteId(fields.text("site")), key(fields))));
    }

    private static VerificationKey key(JsonFields fields) {
        try {
            return VerificationKey.of(Base64.getDecoder().decode(fields.text("publicKey")));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(
                    "BAD_KEY",
                    "agent.publicKey",
                    "is no Ed25519 public key: " + e.getMessage(),
                    "Give the line that 'edge-agent init' printed.");
        }
    }

    static SiteJson json(Site site) {
        return new SiteJson(site.id().value(), site.name(), site.zone().getId());
    }

    private static MeterJson json(Meter meter) {
        return new MeterJson(
                meter.site().value(),
                meter.id(),
                meter.name(),
                meter.energySource(),
                meter.parent().orElse(""),
                meter.serial(),
                meter.channels().stream().map(MeteringResource::json).toList());
    }

    private static ChannelJson json(Channel channel) {
        return new ChannelJson(
                channel.id().value(),
                channel.quantity(),
                channel.unit(),
                channel.counter() ? "COUNTER" : "GAUGE",
                channel.encoding(),
                channel.multiplier().toPlainString(),
                channel.offset().toPlainString());
    }
}
