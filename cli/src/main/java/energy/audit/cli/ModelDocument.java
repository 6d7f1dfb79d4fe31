package energy.audit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.analysis.document.ModelFigures;
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
        return JSON.valueToTree(ModelFigures.of(fit, verdict));
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
