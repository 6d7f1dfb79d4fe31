package energy.audit.web.performance;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.document.JsonText;
import energy.audit.performance.Baseline;
import energy.audit.performance.ModelDiagnosis;
import energy.audit.performance.Performance;
import energy.audit.performance.Standing;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Query;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Residuals of an indicator's models, the inputs that somebody should look at, and those that somebody has excluded. */
@Named("enpiDiagnosis")
@RequestScoped
public class EnpiDiagnosis {
    private final Words words;
    private final Place place;
    private final ZoneId zone;
    private final String id;
    private final Seen seen;

    /** @param known of the baseline in force, then of the newest proposal, where they have residuals */
    private record Seen(
            Standing standing, Optional<ModelDiagnosis> inForce, List<ModelDiagnosis> known, boolean mayDefine) {}

    @Inject
    EnpiDiagnosis(
            Words words,
            Shell shell,
            Entrance entrance,
            Access access,
            Performance performance,
            HttpServletRequest request) {
        this.words = words;
        this.place = shell.place();
        this.zone = place.here().zone();
        this.id = Query.needed("id", request.getParameter("id"));
        this.seen = entrance.in(place.tenant(), () -> read(performance, access));
    }

    private Seen read(Performance performance, Access access) {
        Standing standing = performance.standing(id);
        boolean regression = standing.definition().kind().regression();
        Optional<ModelDiagnosis> inForce =
                standing.inForce().filter(b -> regression).map(Baseline::id).map(performance::diagnosis);
        Stream<ModelDiagnosis> proposed = standing.history().stream()
                .filter(b -> regression && b.state() == Baseline.State.PROPOSED)
                .filter(b -> b.enpiVersion() == standing.definition().version())
                .limit(1)
                .map(Baseline::id)
                .map(performance::diagnosis);
        return new Seen(
                standing,
                inForce,
                Stream.concat(inForce.stream(), proposed).toList(),
                access.may(Permission.DEFINE_ENPI));
    }

    /** An input that lies far from its model, or pulls it. */
    public record MarkedRow(String baseline, String interval, String day, String energy, String expected, String why) {}

    /** An interval that is kept out of models fitted from now on. */
    public record ExcludedRow(String interval, String day, String by, String reason) {}

    /** Intervals that a baseline was not fitted on. */
    public record LeftOutRow(String summary, List<String> intervals) {}

    public boolean isPresent() {
        return seen.inForce().isPresent();
    }

    /** Variance inflation of each variable, and what the residuals say of their order. */
    public List<EnpiPage.Fact> getFacts() {
        List<EnpiPage.Fact> facts = new ArrayList<>();
        seen.inForce().ifPresent(known -> {
            known.variables()
                    .forEach(each -> facts.add(new EnpiPage.Fact(
                            "VIF " + each.variable(),
                            JsonText.of(each.varianceInflation()),
                            words.text("enpi.diagnosis.vif"))));
            facts.add(new EnpiPage.Fact(
                    "Durbin–Watson", JsonText.of(known.durbinWatson()), words.text("enpi.diagnosis.watson")));
        });
        return facts;
    }

    public String getSummary() {
        return seen.inForce()
                .map(known -> words.text(
                        "enpi.diagnosis.summary",
                        known.points().size(),
                        known.points().stream().filter(EnpiDiagnosis::marked).count()))
                .orElse("");
    }

    public String getChart() {
        return new EnpiCharts(words, zone, id)
                .residuals(seen.inForce().map(ModelDiagnosis::points).orElse(List.of()));
    }

    private static boolean marked(ModelDiagnosis.Point point) {
        return point.far() || point.pulling();
    }

    public boolean isLooked() {
        return !seen.known().isEmpty();
    }

    public List<MarkedRow> getMarked() {
        return seen.known().stream()
                .flatMap(known ->
                        known.points().stream().filter(EnpiDiagnosis::marked).map(point -> row(known, point)))
                .filter(row -> !seen.standing().excluded().containsKey(LocalDate.parse(row.day())))
                .toList();
    }

    private MarkedRow row(ModelDiagnosis known, ModelDiagnosis.Point point) {
        LocalDate day = point.from().atZone(zone).toLocalDate();
        List<String> why = new ArrayList<>();
        if (point.far()) {
            why.add(words.text("enpi.points.far", size(words, point.studentised())));
        }
        if (point.pulling()) {
            why.add(words.text(
                    "enpi.points.pulling",
                    words.number(BigDecimal.valueOf(point.leverage()), 3),
                    words.number(BigDecimal.valueOf(known.leverageLimit()), 3)));
        }
        return new MarkedRow(
                known.baseline(),
                words.dayWithYear(day),
                day.toString(),
                words.number(BigDecimal.valueOf(point.energyKwh()), 1) + " kWh",
                words.number(BigDecimal.valueOf(point.modelledKwh()), 1) + " kWh",
                String.join(" ", why));
    }

    /** Where all other inputs lie on the model exactly, a deviation is beyond every multiple. */
    static String size(Words words, double studentised) {
        return Double.isInfinite(studentised) ? "∞" : words.number(BigDecimal.valueOf(Math.abs(studentised)), 1);
    }

    public List<ExcludedRow> getExcluded() {
        return seen.standing().excluded().entrySet().stream()
                .map(each -> new ExcludedRow(
                        words.dayWithYear(each.getKey()),
                        each.getKey().toString(),
                        each.getValue().person() + ", "
                                + words.moment(each.getValue().at(), zone) + ", " + words.text("evidence.entry") + " "
                                + each.getValue().logIndex(),
                        each.getValue().reason()))
                .toList();
    }

    /** Newest baseline first; those without a left-out interval too, so that nobody has to guess. */
    public List<LeftOutRow> getLeftOut() {
        return seen.standing().history().stream()
                .map(b -> new LeftOutRow(
                        words.text(
                                "enpi.points.leftout",
                                b.id(),
                                b.leftOut().size(),
                                b.leftOut().size() + b.inputs().size()),
                        b.leftOut()))
                .toList();
    }

    public boolean isMayDefine() {
        return seen.mayDefine();
    }

    public String getExcludeAddress() {
        return "/data/tenants/" + place.tenant() + "/enpis/" + id + "/points/exclude";
    }

    public String getReadmitAddress() {
        return "/data/tenants/" + place.tenant() + "/enpis/" + id + "/points/readmit";
    }
}
