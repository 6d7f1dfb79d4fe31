package energy.audit.analysis.document;

import energy.audit.analysis.regression.Coefficient;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.Series;
import energy.audit.analysis.regression.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fitted model as a document, with the names of {@code enpi fit --json}. A number that does not exist is null. */
public final class ModelFigures {
    private ModelFigures() {}

    public static Map<String, @Nullable Object> of(LinearFit fit, Verdict verdict) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("n", fit.observations());
        document.put("k", fit.variableCount());
        document.put("intercept", fit.intercept().map(ModelFigures::test).orElse(null));
        List<Map<String, @Nullable Object>> variables = new ArrayList<>();
        for (int j = 0; j < fit.slopes().size(); j++) {
            Coefficient slope = fit.slopes().get(j);
            Series data = fit.variables().get(j);
            Map<String, @Nullable Object> variable = new LinkedHashMap<>();
            variable.put("name", slope.name());
            variable.putAll(test(slope));
            variable.put("min", number(data.smallest()));
            variable.put("max", number(data.largest()));
            variable.put("mean", number(data.mean()));
            variables.add(variable);
        }
        document.put("variables", variables);
        document.put("rSquared", number(fit.rSquared()));
        document.put("adjustedRSquared", number(fit.adjustedRSquared()));
        document.put("f", number(fit.f()));
        document.put("fPValue", number(fit.fPValue()));
        document.put("residualStandardDeviation", number(fit.residualStandardDeviation()));
        document.put("cvRmse", number(fit.cvRmse()));
        document.put("nmbe", number(fit.nmbe()));
        document.put("autocorrelationLag1", number(fit.autocorrelationLag1()));
        document.put("durbinWatson", number(fit.durbinWatson()));
        document.put("valid", verdict.valid());
        document.put("reasons", verdict.reasons());
        return document;
    }

    private static Map<String, @Nullable Object> test(Coefficient coefficient) {
        Map<String, @Nullable Object> test = new LinkedHashMap<>();
        test.put("estimate", number(coefficient.estimate()));
        test.put("standardError", number(coefficient.standardError()));
        test.put("t", number(coefficient.t()));
        test.put("p", number(coefficient.p()));
        return test;
    }

    /** The number itself; null where it is not finite. */
    public static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
