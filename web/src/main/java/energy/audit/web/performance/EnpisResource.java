package energy.audit.web.performance;

import energy.audit.analysis.document.JsonText;
import energy.audit.analysis.document.SavingsFigures;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.performance.Method;
import energy.audit.consumption.Resolution;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.performance.Adjustment;
import energy.audit.performance.Comparison;
import energy.audit.performance.EnpiDraft;
import energy.audit.performance.Performance;
import energy.audit.performance.Ranking;
import energy.audit.performance.RelevantVariable;
import energy.audit.performance.Savings;
import energy.audit.performance.Standing;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
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
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Energy performance indicators. Numbers are written as the command {@code enpi} writes them. */
@Path("/tenants/{tenant}/enpis")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class EnpisResource {
    @Inject
    Entrance entrance;

    @Inject
    Performance performance;

    @GET
    @Operation(summary = "Indicators in their newest version, with the baseline in force and an open review")
    public String list(@PathParam("tenant") String tenant, @QueryParam("asKnownAt") @Nullable String asKnownAt) {
        LogSize size = Query.logSize(asKnownAt);
        return entrance.in(
                tenant,
                () -> JsonText.of(EnpiJson.page(
                        performance.standings(size).stream().map(EnpiJson::of).toList())));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Define an indicator or its next version {id, name, site, channels, kind, variables, step, formula,"
                            + " reason}; the same again makes no new version")
    public String define(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("EnPI", text)
                .onlyFields("id", "name", "site", "channels", "kind", "variables", "step", "formula", "reason");
        ModelKind kind = ModelKind.of(body.text("kind"))
                .orElseThrow(() -> Refusal.invalid(
                        "UNKNOWN_KIND",
                        "kind '" + body.text("kind") + "'",
                        "there is no such kind of model",
                        "Use value, ratio, linear, heating-3p, cooling-3p, common-4p, heating-and-cooling-5p or"
                                + " engineering."));
        EnpiDraft draft = new EnpiDraft(
                body.text("id"),
                body.text("name"),
                SiteId.of(body.text("site")),
                body.texts("channels").stream().map(ChannelId::of).toList(),
                kind,
                body.texts("variables").stream().map(RelevantVariable::parse).toList(),
                Resolution.of(body.optionalText("step").orElse("P1D")),
                body.optionalText("formula").orElse(""),
                body.text("reason"));
        return entrance.in(tenant, () -> JsonText.of(EnpiJson.of(performance.define(draft))));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "An indicator, its versions, and every decision about it")
    public String one(@PathParam("tenant") String tenant, @PathParam("id") String id) {
        return entrance.in(tenant, () -> {
            Standing standing = performance.standing(id);
            Map<String, @Nullable Object> json = EnpiJson.of(standing);
            json.put("versions", standing.versions().stream().map(EnpiJson::of).toList());
            json.put(
                    "decisions", standing.decisions().stream().map(EnpiJson::of).toList());
            json.put("adjustments", json(standing.adjustments()));
            return JsonText.of(json);
        });
    }

    @GET
    @Path("/{id}/values")
    @Operation(summary = "Days or months: actual, expected by the baseline in force, value of the indicator, quality")
    public String values(
            @PathParam("tenant") String tenant,
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("asKnownAt") @Nullable String asKnownAt) {
        LocalDate first = date("from", from);
        LocalDate last = date("to", to);
        LogSize size = Query.logSize(asKnownAt);
        return entrance.in(
                tenant,
                () -> JsonText.of(EnpiJson.page(performance.values(id, first, last, size).stream()
                        .map(EnpiJson::of)
                        .toList())));
    }

    @GET
    @Path("/{id}/cusum")
    @Operation(summary = "Running sum of actual minus expected, with what happened on the way")
    public String cusum(
            @PathParam("tenant") String tenant,
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        LocalDate first = date("from", from);
        LocalDate last = date("to", to);
        return entrance.in(
                tenant, () -> JsonText.of(SavingsFigures.cusum(performance.cusum(id, first, last, LogSize.NEWEST))));
    }

    @GET
    @Path("/{id}/savings")
    @Operation(
            summary =
                    "Savings of a reporting period (first..last day) by forecast, backcast, chaining (model=first..last) or"
                            + " standard-conditions; 409 while a review is open")
    public String savings(
            @PathParam("tenant") String tenant,
            @PathParam("id") String id,
            @QueryParam("method") @Nullable String method,
            @QueryParam("reporting") @Nullable String reporting,
            @QueryParam("model") @Nullable String model,
            @QueryParam("asKnownAt") @Nullable String asKnownAt) {
        Method chosen = method(method == null ? "forecast" : method);
        Comparison.Days days = days("reporting", Query.needed("reporting", reporting));
        Comparison comparison = new Comparison(
                chosen, days.first(), days.last(), Optional.ofNullable(model).map(text -> days("model", text)));
        LogSize size = Query.logSize(asKnownAt);
        return entrance.in(tenant, () -> {
            Savings savings = performance.savings(id, comparison, size);
            Map<String, @Nullable Object> json = savings.figures().document();
            json.put("baseline", savings.baseline().id());
            json.put("leftOut", savings.leftOut());
            json.put("adjustments", json(savings.adjustments()));
            return JsonText.of(json);
        });
    }

    private static List<Map<String, @Nullable Object>> json(List<Adjustment> adjustments) {
        return adjustments.stream().map(AdjustmentsResource::json).toList();
    }

    @GET
    @Path("/{id}/candidates")
    @Operation(summary = "Models that a baseline period allows, best first, with the reasons against each")
    public String candidates(
            @PathParam("tenant") String tenant,
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        LocalDate first = date("from", from);
        LocalDate last = date("to", to);
        return entrance.in(tenant, () -> {
            Ranking ranking = performance.candidates(id, first, last);
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put(
                    "candidates",
                    ranking.candidates().stream()
                            .map(c -> {
                                Map<String, @Nullable Object> each = new LinkedHashMap<>();
                                each.put("variables", c.variables());
                                each.put("model", c.fit().document());
                                return each;
                            })
                            .toList());
            json.put("refused", ranking.refused());
            json.put("leftOut", ranking.leftOut());
            return JsonText.of(json);
        });
    }

    @POST
    @Path("/{id}/static-factors")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Record another value of a static factor {factor, value, since, reason}; opens a review")
    public String factor(@PathParam("tenant") String tenant, @PathParam("id") String id, String text) {
        Body body = Body.of("static factor", text).onlyFields("factor", "value", "since", "reason");
        LocalDate since = date("since", body.text("since"));
        return entrance.in(
                tenant,
                () -> JsonText.of(EnpiJson.of(performance.changeStaticFactor(
                        id, body.text("factor"), body.text("value"), since, body.text("reason")))));
    }

    @POST
    @Path("/{id}/points/exclude")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Keep an interval out of models that are fitted from now on {day: its first, reason}")
    public String exclude(@PathParam("tenant") String tenant, @PathParam("id") String id, String text) {
        return point(tenant, id, true, text);
    }

    @POST
    @Path("/{id}/points/readmit")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Take an excluded interval in again {day, reason}")
    public String readmit(@PathParam("tenant") String tenant, @PathParam("id") String id, String text) {
        return point(tenant, id, false, text);
    }

    private String point(String tenant, String id, boolean excluded, String text) {
        Body body = Body.of("interval", text).onlyFields("day", "reason");
        LocalDate day = date("day", body.text("day"));
        return entrance.in(
                tenant, () -> JsonText.of(EnpiJson.of(performance.exclude(id, day, excluded, body.text("reason")))));
    }

    @POST
    @Path("/{id}/review/close")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "End the open review {reason}: the baseline in force still holds")
    public String close(@PathParam("tenant") String tenant, @PathParam("id") String id, String text) {
        Body body = Body.of("end of a review", text).onlyFields("reason");
        return entrance.in(tenant, () -> JsonText.of(EnpiJson.of(performance.closeReview(id, body.text("reason")))));
    }

    static Method method(String text) {
        for (Method method : Method.values()) {
            if (SavingsFigures.name(method).equals(text)) {
                return method;
            }
        }
        throw Refusal.invalid(
                "UNKNOWN_METHOD",
                "method '" + text + "'",
                "there is no such method here",
                "Use forecast, backcast, chaining or standard-conditions.");
    }

    static Comparison.Days days(String name, String text) {
        String[] days = text.split("\\.\\.", -1);
        if (days.length != 2) {
            throw Refusal.invalid(
                    "BAD_PERIOD", "parameter " + name, "it is not first..last", "Write 2026-10-01..2026-10-31.");
        }
        return new Comparison.Days(date(name, days[0]), date(name, days[1]));
    }

    static LocalDate date(String name, @Nullable String value) {
        return Query.date(name, Query.needed(name, value));
    }
}
