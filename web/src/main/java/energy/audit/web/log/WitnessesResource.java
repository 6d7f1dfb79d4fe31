package energy.audit.web.log;

import energy.audit.evidence.VerificationKey;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Page;
import energy.audit.web.rest.Query;
import energy.audit.witness.Holder;
import energy.audit.witness.Stamp;
import energy.audit.witness.Witnesses;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Who else holds which head of the log, and how heads get there. */
@Path("/tenants/{tenant}/log")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class WitnessesResource {
    @Inject
    Entrance entrance;

    @Inject
    Witnesses witnesses;

    /** {@code kind} AGENT, MAIL, STAMP or COSIGNATURE. */
    public record HolderJson(
            String kind,
            String name,
            long size,
            @Nullable String at,
            @Nullable String trouble) {
        static HolderJson of(Holder holder) {
            return new HolderJson(
                    holder.kind().name(),
                    holder.name(),
                    holder.size(),
                    holder.at().map(Instant::toString).orElse(null),
                    holder.trouble().orElse(null));
        }
    }

    /** {@code token}: DER in base64, over the SHA-256 of the note's UTF-8 bytes. */
    public record StampJson(long size, String authority, String stampedAt, String note, String token) {
        static StampJson of(Stamp stamp) {
            return new StampJson(
                    stamp.size(),
                    stamp.authority(),
                    stamp.stampedAt().toString(),
                    stamp.note(),
                    Base64.getEncoder().encodeToString(stamp.token()));
        }
    }

    /** Names of the witnesses whose lines were kept. */
    public record Kept(List<String> witnesses) {}

    /** What is in force now. */
    public record Done(String name) {}

    @GET
    @Path("/holders")
    @Operation(summary = "Agents, recipients of mail, time-stamp services and witnesses, with the newest head of each")
    public Page<HolderJson> holders(@PathParam("tenant") String tenant) {
        return entrance.in(
                tenant,
                () -> Page.whole(
                        witnesses.holders().stream().map(HolderJson::of).toList()));
    }

    @GET
    @Path("/stamps")
    @Operation(summary = "Heads that an RFC 3161 service has stamped, newest first")
    public Page<StampJson> stamps(@PathParam("tenant") String tenant) {
        return entrance.in(
                tenant,
                () -> Page.whole(witnesses.stamps().stream().map(StampJson::of).toList()));
    }

    @GET
    @Path("/cosigned")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            summary = "The signed note of a size, or of the log as it is, with the cosignatures that are kept for it")
    public String cosigned(@PathParam("tenant") String tenant, @QueryParam("size") @Nullable String size) {
        return entrance.in(
                tenant,
                () -> witnesses.cosigned(size == null ? LogSize.NEWEST : LogSize.of(Query.whole("size", size))));
    }

    @POST
    @Path("/cosignatures")
    @Consumes(MediaType.TEXT_PLAIN)
    @Operation(
            summary =
                    "Hand in a checkpoint with a line of a registered witness (C2SP tlog-cosignature, cosignature/v1)")
    public Kept cosign(@PathParam("tenant") String tenant, String note) {
        return entrance.in(tenant, () -> new Kept(witnesses.cosign(note)));
    }

    @POST
    @Path("/witnesses")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Accept cosignatures of a witness {name, publicKey: Ed25519 in base64}")
    public Done register(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("witness", text).onlyFields("name", "publicKey");
        String name = body.text("name");
        VerificationKey key;
        try {
            key = VerificationKey.of(Base64.getDecoder().decode(body.text("publicKey")));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(
                    "BAD_KEY", "witness, field publicKey", String.valueOf(e.getMessage()), "Send 32 bytes in base64.");
        }
        return entrance.in(tenant, () -> {
            witnesses.register(name, key);
            return new Done(name);
        });
    }

    @POST
    @Path("/recipients")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Mail heads to an address {mail}, daily when the log has grown, the first within a minute")
    public Done subscribe(@PathParam("tenant") String tenant, String text) {
        String mail = Body.of("recipient", text).onlyFields("mail").text("mail");
        return entrance.in(tenant, () -> {
            witnesses.subscribe(mail);
            return new Done(mail);
        });
    }

    @DELETE
    @Path("/recipients/{mail}")
    @Operation(summary = "Mail no more heads to an address; what it got stays listed")
    public Done unsubscribe(@PathParam("tenant") String tenant, @PathParam("mail") String mail) {
        return entrance.in(tenant, () -> {
            witnesses.unsubscribe(mail);
            return new Done(mail);
        });
    }
}
