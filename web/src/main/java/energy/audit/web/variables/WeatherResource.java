package energy.audit.web.variables;

import energy.audit.analysis.table.BadRows;
import energy.audit.analysis.variable.DegreeDayRule;
import energy.audit.analysis.variable.TemperatureText;
import energy.audit.analysis.variable.TemperatureText.Stamp;
import energy.audit.evidence.wire.WeatherImport;
import energy.audit.evidence.wire.WeatherRow;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Metering;
import energy.audit.variables.StationSummary;
import energy.audit.variables.Temperature;
import energy.audit.variables.VariableSource;
import energy.audit.variables.Variables;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.LogIndex;
import energy.audit.web.rest.Page;
import energy.audit.web.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Outdoor temperatures by station, and degree days of them. */
@Path("/tenants/{tenant}/weather")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class WeatherResource {
    static final String AGAIN = "Correct them and send it again; nothing of it was taken.";

    @Inject
    Entrance entrance;

    @Inject
    Variables variables;

    @Inject
    Metering metering;

    /** {@code temperature} degC, decimal text; {@code version}: how many deliveries have said something of that time. */
    public record TemperatureJson(String from, String to, String temperature, int version, long logIndex) {
        static TemperatureJson of(Temperature value) {
            return new TemperatureJson(
                    value.period().from().toString(),
                    value.period().to().toString(),
                    value.degrees().toPlainString(),
                    value.version(),
                    value.logIndex());
        }
    }

    /** What there is of a station; {@code corrected}: times that were delivered more than once. */
    public record StationJson(String station, String source, long values, long corrected, String from, String to) {
        static StationJson of(StationSummary summary) {
            return new StationJson(
                    summary.station(),
                    summary.source(),
                    summary.values(),
                    summary.corrected(),
                    summary.period().from().toString(),
                    summary.period().to().toString());
        }
    }

    @POST
    @Consumes("text/csv")
    @Operation(
            summary =
                    "Take in temperatures of a station, degC: timestamp,temperature (means of an hour; stamp=start|end says"
                            + " which end of it the timestamp is) or date,temperature (means of a day of the site). An empty temperature"
                            + " takes one back. The same importId again is the same delivery. A refusal lists every bad row in errors")
    public LogIndex takeText(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("station") @Nullable String station,
            @QueryParam("source") @Nullable String source,
            @QueryParam("importId") @Nullable String importId,
            @QueryParam("stamp") @Nullable String stamp,
            String csv) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        WeatherImport.Builder delivery = WeatherImport.newBuilder()
                .setTenant(tenant)
                .setSite(asked.value())
                .setStation(Query.needed("station", station))
                .setSource(Query.needed("source", source))
                .setImportId(Query.needed("importId", importId));
        Stamp which = stamp(stamp);
        return entrance.in(tenant, () -> {
            List<Integer> lines = new ArrayList<>();
            try {
                for (TemperatureText.Row row :
                        TemperatureText.read(csv, metering.site(asked).zone(), which)) {
                    lines.add(row.line());
                    delivery.addRows(row(row.from(), row.to(), row.degrees().map(d -> d.toPlainString())));
                }
            } catch (BadRows e) {
                throw Refusal.badRows("import " + importId + " of " + source, 0, e.faults(), AGAIN);
            }
            return new LogIndex(variables.importWeather(delivery.build(), lines));
        });
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Take in {site, station, source, importId, rows: [{date | from, to (an hour later if it is not there),"
                            + " temperature | withdrawn}]}; degC")
    public LogIndex take(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("weather", text).onlyFields("site", "station", "source", "importId", "rows");
        String site = body.text("site");
        return entrance.in(tenant, () -> {
            ZoneId zone = metering.site(SiteId.of(site)).zone();
            WeatherImport.Builder delivery = WeatherImport.newBuilder()
                    .setTenant(tenant)
                    .setSite(site)
                    .setStation(body.text("station"))
                    .setSource(body.text("source"))
                    .setImportId(body.text("importId"));
            body.list("rows").forEach(row -> delivery.addRows(row(row, zone)));
            return new LogIndex(variables.importWeather(delivery.build()));
        });
    }

    private static WeatherRow row(Body row, ZoneId zone) {
        row.onlyFields("date", "from", "to", "temperature", "withdrawn");
        Optional<String> temperature = row.flag("withdrawn") ? Optional.empty() : Optional.of(row.text("temperature"));
        Optional<String> date = row.optionalText("date");
        if (date.isPresent()) {
            LocalDate day = Query.date("date", date.get());
            return row(
                    day.atStartOfDay(zone).toInstant(),
                    day.plusDays(1).atStartOfDay(zone).toInstant(),
                    temperature);
        }
        Instant from = row.instant("from");
        return row(from, row.optionalInstant("to").orElse(from.plus(Duration.ofHours(1))), temperature);
    }

    private static WeatherRow row(Instant from, Instant to, Optional<String> temperature) {
        return WeatherRow.newBuilder()
                .setFromMs(from.toEpochMilli())
                .setToMs(to.toEpochMilli())
                .setTemperature(temperature.orElse(""))
                .setWithdrawn(temperature.isEmpty())
                .build();
    }

    private static Stamp stamp(@Nullable String text) {
        try {
            return text == null ? Stamp.START : Stamp.of(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(
                    "BAD_PARAMETER",
                    "parameter stamp",
                    String.valueOf(e.getMessage()),
                    "Write stamp=start or stamp=end.");
        }
    }

    @GET
    @Operation(summary = "Temperatures in force of a station, as known now or at a log size")
    public Page<TemperatureJson> values(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("station") @Nullable String station,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("asKnownAt") @Nullable String asKnownAt) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        String name = Query.needed("station", station);
        return entrance.in(tenant, () -> {
            ZoneId zone = metering.site(asked).zone();
            return Page.whole(
                    variables.temperatures(asked, name, Query.period(from, to, zone), Query.logSize(asKnownAt)).stream()
                            .map(TemperatureJson::of)
                            .toList());
        });
    }

    @GET
    @Path("/stations")
    @Operation(summary = "The weather stations of a site")
    public Page<StationJson> stations(@PathParam("tenant") String tenant, @QueryParam("site") @Nullable String site) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        return entrance.in(
                tenant,
                () -> Page.whole(
                        variables.stations(asked).stream().map(StationJson::of).toList()));
    }

    @GET
    @Path("/degree-days")
    @Operation(
            summary =
                    "Degree days of a station, K d, by day or month (step=P1D|P1M) from a first to a last day: side=heating|cooling,"
                            + " base=BASE, BASE/LIMIT or BASE:hourly (without :hourly from the days' means). A day of which less than nine"
                            + " tenths are known has none, nor has its month")
    public Page<AlignedJson> degreeDays(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("station") @Nullable String station,
            @QueryParam("side") @Nullable String side,
            @QueryParam("base") @Nullable String base,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("step") @Nullable String step,
            @QueryParam("asKnownAt") @Nullable String asKnownAt) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        String name = Query.needed("station", station);
        DegreeDayRule rule = rule(Query.needed("side", side), Query.needed("base", base));
        return entrance.in(
                tenant,
                () -> Page.whole(variables
                        .aligned(
                                asked,
                                new VariableSource.DegreeDays(name, rule),
                                AlignedJson.boundaries(
                                        from, to, step, metering.site(asked).zone()),
                                Query.logSize(asKnownAt))
                        .stream()
                        .map(AlignedJson::of)
                        .toList()));
    }

    private static DegreeDayRule rule(String side, String base) {
        try {
            return DegreeDayRule.parse(
                    Arrays.stream(DegreeDayRule.Side.values())
                            .filter(each -> each.text().equals(side))
                            .findFirst()
                            .orElseThrow(() ->
                                    new IllegalArgumentException("side '" + side + "' is neither heating nor cooling")),
                    base);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(
                    "BAD_DEGREE_DAYS",
                    "degree days",
                    String.valueOf(e.getMessage()),
                    "Write side=heating&base=15.5, or base=18/15, or base=15.5:hourly.");
        }
    }
}
