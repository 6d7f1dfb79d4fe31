package energy.audit.web.performance;

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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Residuals of the model in force, and how much its variables say the same. */
@Named("enpiDiagnosis")
@RequestScoped
public class EnpiDiagnosis {
    private final Words words;
    private final ZoneId zone;
    private final String id;
    private final Optional<ModelDiagnosis> diagnosis;

    @Inject
    EnpiDiagnosis(Words words, Shell shell, Entrance entrance, Performance performance, HttpServletRequest request) {
        this.words = words;
        Place place = shell.place();
        this.zone = place.here().zone();
        this.id = Query.needed("id", request.getParameter("id"));
        this.diagnosis = entrance.in(place.tenant(), () -> read(performance));
    }

    private Optional<ModelDiagnosis> read(Performance performance) {
        Standing standing = performance.standing(id);
        return standing.definition().kind().regression()
                ? standing.inForce().map(Baseline::id).map(performance::diagnosis)
                : Optional.empty();
    }

    public boolean isPresent() {
        return diagnosis.isPresent();
    }

    /** Variance inflation of each variable, and what the residuals say of their order. */
    public List<EnpiPage.Fact> getFacts() {
        List<EnpiPage.Fact> facts = new ArrayList<>();
        diagnosis.ifPresent(known -> {
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
        return diagnosis
                .map(known -> words.text(
                        "enpi.diagnosis.summary",
                        known.points().size(),
                        known.points().stream()
                                .filter(point -> point.far() || point.pulling())
                                .count()))
                .orElse("");
    }

    /** One point for each input of the baseline; they lie around zero without a pattern where the model fits. */
    public String getChart() {
        List<String> labels = new ArrayList<>();
        List<@Nullable Object> residuals = new ArrayList<>();
        diagnosis.ifPresent(known -> known.points().forEach(point -> {
            labels.add(words.dayWithYear(point.from().atZone(zone).toLocalDate()));
            residuals.add(point.residualKwh());
        }));
        Map<String, @Nullable Object> series = new LinkedHashMap<>();
        series.put("role", "residual");
        series.put("name", words.text("enpi.diagnosis.residual"));
        series.put("values", residuals);
        Map<String, @Nullable Object> chart = new LinkedHashMap<>();
        chart.put("kind", "lines");
        chart.put("unit", "kWh");
        chart.put("zone", "");
        chart.put("language", words.getLocale().toLanguageTag());
        chart.put("file", id + "-residuals");
        chart.put("timeLabel", words.text("chart.time", zone.getId()));
        chart.put("labels", labels);
        chart.put("series", List.of(series));
        chart.put("marks", List.of());
        return JsonText.of(chart);
    }
}
