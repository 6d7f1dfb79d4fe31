package energy.audit.web.log;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.evidence.Hash;
import energy.audit.kernel.LogSize;
import energy.audit.log.TenantLog;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Checkpoints and proofs of a tenant's log. */
@Path("/tenants/{tenant}/log")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class LogResource {
    @Inject
    Entrance entrance;

    @Inject
    Access access;

    @Inject
    TenantLog log;

    /** RFC 6962 audit path, leaf side first; hashes in hex. */
    public record Inclusion(long index, long size, String root, List<String> path) {}

    /** RFC 6962 proof that the larger size continues the smaller one. */
    public record Consistency(long from, long to, String fromRoot, String toRoot, List<String> path) {}

    @GET
    @Path("/checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "Signed note (C2SP tlog-checkpoint) over the log as it is, or at a size")
    public String checkpoint(@PathParam("tenant") String tenant, @QueryParam("size") @Nullable String size) {
        return entrance.in(tenant, () -> {
            access.require(Permission.SEE);
            return size == null ? log.checkpoint() : log.checkpointAt(LogSize.of(Query.whole("size", size)));
        });
    }

    @GET
    @Path("/proof/inclusion")
    @Operation(summary = "Proof that an entry is in the log at a size; without size: as it is now")
    public Inclusion inclusion(
            @PathParam("tenant") String tenant,
            @QueryParam("index") @Nullable String index,
            @QueryParam("size") @Nullable String size) {
        long asked = Query.whole("index", index);
        return entrance.in(tenant, () -> {
            access.require(Permission.SEE);
            var proofs = log.proofs(size == null ? log.size() : LogSize.of(Query.whole("size", size)));
            return new Inclusion(asked, proofs.size(), proofs.root().hex(), hex(proofs.inclusion(asked)));
        });
    }

    @GET
    @Path("/proof/consistency")
    @Operation(summary = "Proof that the log at a size continues what it was at a smaller one")
    public Consistency consistency(
            @PathParam("tenant") String tenant,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        long smaller = Query.whole("from", from);
        return entrance.in(tenant, () -> {
            access.require(Permission.SEE);
            var proofs = log.proofs(to == null ? log.size() : LogSize.of(Query.whole("to", to)));
            return new Consistency(
                    smaller,
                    proofs.size(),
                    proofs.rootAt(smaller).hex(),
                    proofs.root().hex(),
                    hex(proofs.consistency(smaller)));
        });
    }

    private static List<String> hex(List<Hash> path) {
        return path.stream().map(Hash::hex).toList();
    }
}
