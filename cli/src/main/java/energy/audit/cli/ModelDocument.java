package energy.audit.cli;

import energy.audit.analysis.document.JsonText;
import energy.audit.analysis.document.ModelFigures;
import energy.audit.analysis.document.NumberText;
import energy.audit.analysis.regression.Coefficient;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.Series;
import energy.audit.analysis.regression.Verdict;
import java.util.List;
import java.util.Locale;

/** A fitted model for a program, and for a person. A number that does not exist is null. */
final class ModelDocument {
    private ModelDocument() {}

    static String json(LinearFit fit, Verdict verdict) {
        return JsonText.indented(ModelFigures.of(fit, verdict));
    }

    static String text(LinearFit fit, Verdict verdict) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s over %s, %d observations%n%n%-20s %-23s %-23s %-23s %s%n",
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
        text.append(System.lineSeparator());
        line(text, "R²", fit.rSquared(), "");
        line(text, "adjusted R²", fit.adjustedRSquared(), "");
        line(
                text,
                "F",
                fit.f(),
                "(" + fit.variableCount() + ", " + fit.degreesOfFreedom() + "), p = " + digits(fit.fPValue()));
        line(text, "standard deviation", fit.residualStandardDeviation(), "of the residuals, with n - p");
        line(text, "CV(RMSE)", fit.cvRmse(), "with n - p");
        line(text, "NMBE", fit.nmbe(), "with n - p");
        line(text, "autocorrelation", fit.autocorrelationLag1(), "of the residuals, lag 1");
        line(text, "Durbin-Watson", fit.durbinWatson(), "");
        double[] inflation = fit.varianceInflation();
        for (int j = 0; inflation.length > 1 && j < inflation.length; j++) {
            line(
                    text,
                    "variance inflation",
                    inflation[j],
                    "of " + fit.slopes().get(j).name());
        }
        return text.append(System.lineSeparator()).append(text(verdict)).toString();
    }

    /** A number with all its digits, as everywhere else it is shown. */
    static String digits(double value) {
        return Double.isFinite(value) ? NumberText.of(value) : Double.isNaN(value) ? "undefined" : "infinite";
    }

    private static void line(StringBuilder text, String name, double value, String remark) {
        text.append(String.format("%-20s %-23s %s", name, digits(value), remark).stripTrailing())
                .append(System.lineSeparator());
    }

    private static void line(StringBuilder text, Coefficient c) {
        text.append(String.format(
                "%-20s %-23s %-23s %-23s %s%n",
                c.name(), digits(c.estimate()), digits(c.standardError()), digits(c.t()), digits(c.p())));
    }

    static String text(Verdict verdict) {
        List<String> lines = new java.util.ArrayList<>();
        lines.add(verdict.valid() ? "VALID: it may carry a claim." : "INVALID: it may be shown and carries no claim.");
        verdict.reasons().forEach(reason -> lines.add("- " + reason));
        return String.join(System.lineSeparator(), lines);
    }
}
