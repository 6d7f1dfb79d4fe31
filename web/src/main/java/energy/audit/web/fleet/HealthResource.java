package energy.audit.web.fleet;

import energy.audit.fleet.DeviceCounts;
import energy.audit.fleet.DeviceHour;
import energy.audit.fleet.DeviceState;
import energy.audit.fleet.Fleet;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.Refusal;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Page;
import energy.audit.web.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Devices behind an agent with their error rates, and how long the agent may be silent. Its path is that of the agents: a
 * longer one would hide every other resource below an agent (Jakarta REST 3.7.2, the class with the longest match is asked).
 */
@Path("/tenants/{tenant}/agents")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class HealthResource {
    private static final int DEFAULT_HOURS = 24;
    private static final int MOST_HOURS = 24 * 366;

    @Inject
    Entrance entrance;

    @Inject
    Fleet fleet;

    @Inject
    Clock clock;

    /** Requests: {@code failures} are all that were not answered with values; {@code errorRate} 0..1. */
    public record CountsJson(
            long reads,
            long failures,
            long timeouts,
            long crcErrors,
            long refusals,
            long noConnection,
            double errorRate) {
        static CountsJson of(DeviceCounts counts) {
            return new CountsJson(
                    counts.reads(),
                    counts.failures(),
                    counts.timeouts(),
                    counts.crcErrors(),
                    counts.refusals(),
                    counts.noConnection(),
                    counts.errorRate());
        }
    }

    /** {@code lastCause} CRC_ERROR, REQUEST_TIMEOUT, … while requests fail, else empty. */
    public record DeviceJson(
            String device,
            String at,
            CountsJson recent,
            CountsJson sinceStart,
            String lastCause,
            String lastFailure,
            @Nullable String lastFailedAt) {
        static DeviceJson of(DeviceState device) {
            return new DeviceJson(
                    device.device(),
                    device.at().toString(),
                    CountsJson.of(device.recent()),
                    CountsJson.of(device.sinceStart()),
                    device.lastCause(),
                    device.lastFailure(),
                    device.lastFailedAt().map(Instant::toString).orElse(null));
        }
    }

    /** The hour that begins then. */
    public record HourJson(String hour, CountsJson counts) {
        static HourJson of(DeviceHour hour) {
            return new HourJson(hour.hour().toString(), CountsJson.of(hour.counts()));
        }
    }

    @GET
    @Path("/{agent}/devices")
    @Operation(summary = "Devices of an agent, with counts of the last ?hours=24 and since the agent's start")
    public Page<DeviceJson> devices(
            @PathParam("tenant") String tenant,
            @PathParam("agent") String agent,
            @QueryParam("hours") @Nullable String hours) {
        AgentId id = AgentId.of(agent);
        Duration recent = hours(hours);
        return entrance.in(
                tenant,
                () -> Page.whole(fleet.devices(recent).stream()
                        .filter(device -> device.agent().equals(id))
                        .map(DeviceJson::of)
                        .toList()));
    }

    @GET
    @Path("/{agent}/devices/{device}/hours")
    @Operation(summary = "Requests to a device hour by hour, over the last ?hours=24")
    public Page<HourJson> hours(
            @PathParam("tenant") String tenant,
            @PathParam("agent") String agent,
            @PathParam("device") String device,
            @QueryParam("hours") @Nullable String hours) {
        AgentId id = AgentId.of(agent);
        Instant from = clock.instant().minus(hours(hours));
        return entrance.in(
                tenant,
                () -> Page.whole(
                        fleet.hours(id, device, from).stream().map(HourJson::of).toList()));
    }

    @PUT
    @Path("/{agent}/expectation")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "How long the agent may be silent {silentAfter: PT10M, reason}; without silentAfter the default: three times the distance of its batches, two minutes at least")
    public void expect(@PathParam("tenant") String tenant, @PathParam("agent") String agent, String text) {
        Body body = Body.of("expectation", text).onlyFields("silentAfter", "reason");
        AgentId id = AgentId.of(agent);
        Optional<Duration> after = body.optionalText("silentAfter").map(HealthResource::duration);
        String reason = body.text("reason");
        entrance.in(tenant, () -> {
            fleet.expect(id, after, reason);
            return true;
        });
    }

    private static Duration hours(@Nullable String hours) {
        return Duration.ofHours(hours == null ? DEFAULT_HOURS : Query.limit(hours, MOST_HOURS));
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.invalid(
                    "BAD_FIELD",
                    "expectation, field silentAfter = '" + text + "'",
                    "it is no ISO 8601 duration",
                    "Write PT10M for ten minutes.");
        }
    }
}
