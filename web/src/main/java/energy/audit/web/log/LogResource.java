package energy.audit.web.log;

import energy.audit.access.Access;
import energy.audit.evidence.Hash;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.TenantId;
import energy.audit.log.TenantLog;
import energy.audit.web.signin.CallerOfRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Base64;
import java.util.List;

/** Heads and proofs of the tenant's log; they carry hashes only, none of the tenant's data. */
@Path("/tenants/{tenant}/log")
@RequestScoped
public class LogResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    TenantLog log;

    @Inject
    @SuppressWarnings("NullAway.Init")
    CallerOfRequest caller;

    @PathParam("tenant")
    @SuppressWarnings("NullAway.Init")
    String tenant;

    /** An RFC 6962 proof; hashes in Base64, leaf side first. */
    public record ProofJson(long from, long size, List<String> proof) {}

    @GET
    @Path("/checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    public String checkpoint() {
        return access.inTenant(caller.caller(), TenantId.of(tenant), () -> log.checkpoint());
    }

    @GET
    @Path("/proof/inclusion")
    @Produces(MediaType.APPLICATION_JSON)
    public ProofJson inclusion(@QueryParam("index") long index, @QueryParam("size") long size) {
        return access.inTenant(
                caller.caller(),
                TenantId.of(tenant),
                () -> new ProofJson(index, size, base64(log.inclusion(index, LogSize.of(size)))));
    }

    @GET
    @Path("/proof/consistency")
    @Produces(MediaType.APPLICATION_JSON)
    public ProofJson consistency(@QueryParam("from") long from, @QueryParam("to") long to) {
        return access.inTenant(
                caller.caller(),
                TenantId.of(tenant),
                () -> new ProofJson(from, to, base64(log.consistency(LogSize.of(from), LogSize.of(to)))));
    }

    private static List<String> base64(List<Hash> hashes) {
        return hashes.stream()
                .map(hash -> Base64.getEncoder().encodeToString(hash.bytes()))
                .toList();
    }
}
