package energy.audit.web.access;

import energy.audit.access.Access;
import energy.audit.access.Caller;
import energy.audit.access.Role;
import energy.audit.kernel.TenantId;
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
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** The caller, the tenants they may enter, and who else may. */
@Path("/")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TenantsResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    CallerOfRequest caller;

    /** Who I am. */
    public record MeJson(String person, boolean installationAdmin, List<TenantJson> tenants) {}

    /** A tenant that the caller may enter. */
    public record TenantJson(String id, String name, List<String> roles) {}

    /** Where in the log a write stands. */
    public record WrittenJson(long logIndex) {}

    /** A role of a person. */
    public record GrantJson(
            String person, String role, String from, String to, String reason, boolean revoked, long logIndex) {}

    @GET
    @Path("/me")
    public MeJson me() {
        Caller me = caller.caller();
        return new MeJson(me.person(), me.isInstallationAdmin(), tenants());
    }

    @GET
    @Path("/tenants")
    public List<TenantJson> tenants() {
        return access.memberships(caller.caller()).stream()
                .map(m -> new TenantJson(
                        m.tenant().value(),
                        m.tenantName(),
                        m.roles().stream().map(Role::text).sorted().toList()))
                .toList();
    }

    @POST
    @Path("/tenants")
    public TenantJson open(JsonObject tenant) {
        JsonFields fields = new JsonFields("tenant", tenant);
        access.openTenant(caller.caller(), TenantId.of(fields.text("id")), fields.text("name"));
        return new TenantJson(fields.text("id"), fields.text("name"), List.of());
    }

    @GET
    @Path("/tenants/{tenant}/grants")
    public List<GrantJson> grants(@PathParam("tenant") String tenant) {
        return access.inTenant(
                caller.caller(),
                TenantId.of(tenant),
                () -> access.grants().stream()
                        .map(g -> new GrantJson(
                                g.person(),
                                g.role().text(),
                                g.from().toString(),
                                g.to().map(Object::toString).orElse(""),
                                g.reason(),
                                g.revoked(),
                                g.logIndex()))
                        .toList());
    }

    @POST
    @Path("/tenants/{tenant}/grants")
    public WrittenJson grant(@PathParam("tenant") String tenant, JsonObject grant) {
        JsonFields fields = new JsonFields("grant", grant);
        return access.inTenant(
                caller.caller(),
                TenantId.of(tenant),
                () -> new WrittenJson(access.grant(
                        fields.text("person"),
                        Role.of(fields.text("role")),
                        fields.instant("from"),
                        fields.has("to") ? Optional.of(fields.instant("to")) : Optional.empty(),
                        fields.text("reason"))));
    }
}
