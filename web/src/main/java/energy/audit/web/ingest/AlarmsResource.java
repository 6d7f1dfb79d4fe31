package energy.audit.web.ingest;

import energy.audit.ingest.Ingest;
import energy.audit.ingest.IngestAlarm;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Page;
import energy.audit.web.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What ingest has found that somebody must look at. */
@Path("/tenants/{tenant}/alarms")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AlarmsResource {
    private static final int MOST = 500;

    @Inject
    Entrance entrance;

    @Inject
    Ingest ingest;

    /** {@code kind} FORK, CHAIN_BREAK or WITNESS_DISAGREES. */
    public record AlarmJson(String kind, String at, String agent, long sequence, String detail) {
        static AlarmJson of(IngestAlarm alarm) {
            return new AlarmJson(
                    alarm.kind().name(),
                    alarm.at().toString(),
                    alarm.agent().value(),
                    alarm.sequence(),
                    alarm.detail());
        }
    }

    @GET
    @Operation(summary = "Newest alarms: forks, broken chains, witnesses that disagree")
    public Page<AlarmJson> list(@PathParam("tenant") String tenant, @QueryParam("limit") @Nullable String limit) {
        int most = Query.limit(limit, MOST);
        return entrance.in(
                tenant,
                () -> Page.whole(ingest.alarms(most).stream().map(AlarmJson::of).toList()));
    }
}
