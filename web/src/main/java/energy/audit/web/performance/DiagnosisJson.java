package energy.audit.web.performance;

import static energy.audit.analysis.document.ModelFigures.number;

import energy.audit.performance.ModelDiagnosis;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model's residuals as JSON; numbers that are none are null. */
final class DiagnosisJson {
    private DiagnosisJson() {}

    static Map<String, @Nullable Object> of(ModelDiagnosis diagnosis) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("baseline", diagnosis.baseline());
        json.put("durbinWatson", number(diagnosis.durbinWatson()));
        json.put("autocorrelationLag1", number(diagnosis.autocorrelationLag1()));
        json.put("leverageLimit", number(diagnosis.leverageLimit()));
        json.put(
                "variables",
                diagnosis.variables().stream()
                        .map(each -> {
                            Map<String, @Nullable Object> variable = new LinkedHashMap<>();
                            variable.put("name", each.variable());
                            variable.put("varianceInflation", number(each.varianceInflation()));
                            return variable;
                        })
                        .toList());
        json.put("points", diagnosis.points().stream().map(DiagnosisJson::of).toList());
        return json;
    }

    private static Map<String, @Nullable Object> of(ModelDiagnosis.Point point) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("start", point.from().toString());
        json.put("end", point.to().toString());
        json.put("energy", number(point.energyKwh()));
        json.put("modelled", number(point.modelledKwh()));
        json.put("residual", number(point.residualKwh()));
        json.put("studentised", number(point.studentised()));
        json.put("leverage", number(point.leverage()));
        json.put("far", point.far());
        json.put("pulling", point.pulling());
        return json;
    }
}
