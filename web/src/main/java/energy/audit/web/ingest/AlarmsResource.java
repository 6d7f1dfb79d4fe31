package energy.audit.web.ingest;

import energy.audit.fleet.Fleet;
import energy.audit.fleet.Silence;
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
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
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

    @Inject
    Fleet fleet;

    /**
     * {@code kind} FORK, CHAIN_BREAK, WITNESS_DISAGREES or AGENT_SILENT; only the last ends, with {@code endedAt} and
     * {@code endedBy} HEARD, REVOKED or NOT_EXPECTED.
     */
    public record AlarmJson(
            String kind,
            String at,
            String agent,
            long sequence,
            String detail,
            @Nullable String endedAt,
            @Nullable String endedBy) {
        static AlarmJson of(IngestAlarm alarm) {
            return new AlarmJson(
                    alarm.kind().name(),
                    alarm.at().toString(),
                    alarm.agent().value(),
                    alarm.sequence(),
                    alarm.detail(),
                    null,
                    null);
        }

        static AlarmJson of(Silence silence) {
            return new AlarmJson(
                    "AGENT_SILENT",
                    silence.raisedAt().toString(),
                    silence.agent().value(),
                    0,
                    "last heard " + silence.lastHeard().map(Instant::toString).orElse("never") + ", expected every "
                            + silence.silentAfter() + " at least",
                    silence.ended().map(end -> end.at().toString()).orElse(null),
                    silence.ended().map(end -> end.reason().name()).orElse(null));
        }
    }

    @GET
    @Operation(summary = "Newest alarms: forks, broken chains, witnesses that disagree, agents that are or were silent")
    public Page<AlarmJson> list(@PathParam("tenant") String tenant, @QueryParam("limit") @Nullable String limit) {
        int most = Query.limit(limit, MOST);
        return entrance.in(
                tenant,
                () -> Page.whole(Stream.concat(
                                ingest.alarms(most).stream().map(AlarmJson::of),
                                fleet.silences(most).stream().map(AlarmJson::of))
                        .sorted(Comparator.comparing((AlarmJson alarm) -> Instant.parse(alarm.at()))
                                .reversed())
                        .limit(most)
                        .toList()));
    }
}
