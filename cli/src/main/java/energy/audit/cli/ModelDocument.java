package energy.audit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.analysis.regression.Coefficient;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.Series;
import energy.audit.analysis.regression.Verdict;
import java.util.List;
import java.util.Locale;

/** A fitted model for a program, and for a person. A number that does not exist is null. */
final class ModelDocument {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelDocument() {}

    static ObjectNode json(LinearFit fit, Verdict verdict) {
        ObjectNode document =
                JSON.createObjectNode().put("n", fit.observations()).put("k", fit.variableCount());
        if (fit.intercept().isPresent()) {
            document.set("intercept", test(fit.intercept().get()));
        } else {
            document.putNull("intercept");
        }
        ArrayNode variables = document.putArray("variables");
        for (int j = 0; j < fit.slopes().size(); j++) {
            Coefficient slope = fit.slopes().get(j);
            Series data = fit.variables().get(j);
            ObjectNode variable = JSON.createObjectNode().put("name", slope.name());
            variable.setAll(test(slope));
            number(variable, "min", data.smallest());
            number(variable, "max", data.largest());
            number(variable, "mean", data.mean());
            variables.add(variable);
        }
        number(document, "rSquared", fit.rSquared());
        number(document, "adjustedRSquared", fit.adjustedRSquared());
        number(document, "f", fit.f());
        number(document, "fPValue", fit.fPValue());
        number(document, "residualStandardDeviation", fit.residualStandardDeviation());
        number(document, "cvRmse", fit.cvRmse());
        number(document, "nmbe", fit.nmbe());
        number(document, "autocorrelationLag1", fit.autocorrelationLag1());
        number(document, "durbinWatson", fit.durbinWatson());
        document.put("valid", verdict.valid());
        ArrayNode reasons = document.putArray("reasons");
        verdict.reasons().forEach(reasons::add);
        return document;
    }

    private static ObjectNode test(Coefficient coefficient) {
        ObjectNode node = JSON.createObjectNode();
        number(node, "estimate", coefficient.estimate());
        number(node, "standardError", coefficient.standardError());
        number(node, "t", coefficient.t());
        number(node, "p", coefficient.p());
        return node;
    }

    static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    static String text(LinearFit fit, Verdict verdict) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s over %s, %d observations%n%n%-24s %16s %16s %10s %12s%n",
                fit.response().name(),
                String.join(", ", fit.variables().stream().map(Series::name).toList()),
                fit.observations(),
                "",
                "estimate",
                "standard error",
                "t",
                "p"));
        fit.intercept().ifPresent(intercept -> line(text, intercept));
        fit.slopes().forEach(slope -> line(text, slope));
        double[] inflation = fit.varianceInflation();
        text.append(String.format(
                Locale.ROOT,
                "%nR² %.6f, adjusted %.6f%nF(%d, %d) = %.6g, p = %.4g%nresidual standard deviation %.8g, CV(RMSE) %.3f %%, "
                        + "NMBE %.4f %% (both with n - p)%nlag-1 autocorrelation of residuals %.4f, Durbin-Watson %.4f%n",
                fit.rSquared(),
                fit.adjustedRSquared(),
                fit.variableCount(),
                fit.degreesOfFreedom(),
                fit.f(),
                fit.fPValue(),
                fit.residualStandardDeviation(),
                100 * fit.cvRmse(),
                100 * fit.nmbe(),
                fit.autocorrelationLag1(),
                fit.durbinWatson()));
        for (int j = 0; inflation.length > 1 && j < inflation.length; j++) {
            text.append(String.format(
                    Locale.ROOT,
                    "variance inflation of %s: %.2f%n",
                    fit.slopes().get(j).name(),
                    inflation[j]));
        }
        return text.append(System.lineSeparator()).append(text(verdict)).toString();
    }

    private static void line(StringBuilder text, Coefficient c) {
        text.append(String.format(
                Locale.ROOT,
                "%-24s %16.9g %16.9g %10.4f %12.4g%n",
                c.name(),
                c.estimate(),
                c.standardError(),
                c.t(),
                c.p()));
    }

    static String text(Verdict verdict) {
        List<String> lines = new java.util.ArrayList<>();
        lines.add(verdict.valid() ? "VALID: it may carry a claim." : "INVALID: it may be shown and carries no claim.");
        verdict.reasons().forEach(reason -> lines.add("- " + reason));
        return String.join(System.lineSeparator(), lines);
    }
}
