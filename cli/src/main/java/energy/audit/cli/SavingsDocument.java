package energy.audit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.performance.Performance;
import energy.audit.analysis.performance.Performance.SourceModels;
import energy.audit.analysis.performance.SourceData;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.SepRules;
import energy.audit.analysis.regression.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Savings for a program, and for a person. */
final class SavingsDocument {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SavingsDocument() {}

    static String name(Method method) {
        return method.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One source: its model, or null where none was used. Several sources: an array of them, in order. */
    static ObjectNode json(Performance performance) {
        ObjectNode document = JSON.createObjectNode().put("method", name(performance.method()));
        document.set("baselineModel", models(performance, SourceModels::baseline));
        document.set("reportingModel", models(performance, SourceModels::reporting));
        ModelDocument.number(document, "adjustedBaseline", performance.adjustedBaseline());
        ModelDocument.number(document, "actual", performance.actual());
        ModelDocument.number(document, "savings", performance.savings());
        ModelDocument.number(document, "improvementPercent", performance.improvementPercent());
        ModelDocument.number(document, "senpi", performance.senpi());
        ObjectNode uncertainty = document.putObject("uncertainty");
        ModelDocument.number(
                uncertainty, "confidence", performance.uncertainty().confidence());
        ModelDocument.number(uncertainty, "relative", performance.uncertainty().relative());
        ModelDocument.number(uncertainty, "absolute", performance.uncertainty().absolute());
        document.put("valid", performance.verdict().valid());
        ArrayNode reasons = document.putArray("reasons");
        performance.verdict().reasons().forEach(reasons::add);
        return document;
    }

    private static JsonNode models(Performance performance, Function<SourceModels, Optional<LinearFit>> which) {
        List<JsonNode> models = new ArrayList<>();
        for (SourceModels source : performance.models()) {
            models.add(which.apply(source)
                    .<JsonNode>map(fit -> ModelDocument.json(fit, Verdict.of(fit, SepRules.SEP)))
                    .orElse(JSON.nullNode()));
        }
        return models.size() == 1 ? models.get(0) : JSON.createArrayNode().addAll(models);
    }

    static String text(Performance performance) {
        StringBuilder text = new StringBuilder();
        for (SourceModels source : performance.models()) {
            source.baseline().ifPresent(fit -> model(text, source, "baseline model", fit));
            source.reporting().ifPresent(fit -> model(text, source, "reporting model", fit));
        }
        text.append(String.format(
                Locale.ROOT,
                "%s%nadjusted baseline  %18.4f%nactual             %18.4f%nsavings            %18.4f ± %.4f (%.0f %% "
                        + "confidence, ± %.1f %% of the savings)%nSEnPI              %18.9f%nimprovement        %18.4f %%%n%n",
                name(performance.method()),
                performance.adjustedBaseline(),
                performance.actual(),
                performance.savings(),
                performance.uncertainty().absolute(),
                100 * performance.uncertainty().confidence(),
                100 * performance.uncertainty().relative(),
                performance.senpi(),
                performance.improvementPercent()));
        return text.append(ModelDocument.text(performance.verdict())).toString();
    }

    private static void model(StringBuilder text, SourceModels source, String name, LinearFit fit) {
        text.append(source.source())
                .append(", ")
                .append(name)
                .append(": ")
                .append(ModelDocument.text(fit, Verdict.of(fit, SepRules.SEP)))
                .append(System.lineSeparator())
                .append(System.lineSeparator());
    }

    /** What a reviewer should look at, though no rule fails. */
    static List<String> notes(List<SourceData> sources) {
        List<String> notes = new ArrayList<>();
        for (SourceData source : sources) {
            int before = source.baseline().energy().size();
            int after = source.reporting().energy().size();
            if (before != after) {
                notes.add("note: the baseline has " + before + " intervals and the reporting period " + after
                        + "; SEP compares the same span of months, twelve or more.");
            }
            if (source.baseline().energy().smallest() < 0
                    || source.reporting().energy().smallest() < 0) {
                notes.add("note: " + source.source() + " has negative energy.");
            }
        }
        return notes;
    }
}
