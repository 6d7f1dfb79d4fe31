package energy.audit.analysis.document;

import static energy.audit.analysis.document.ModelFigures.number;

import energy.audit.analysis.performance.CusumCourse;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.performance.NonRoutineAdjustment;
import energy.audit.analysis.performance.Performance;
import energy.audit.analysis.performance.Performance.SourceModels;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.SepRules;
import energy.audit.analysis.regression.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Savings as a document, with the names of {@code enpi savings --json}.
 *
 * @param performance in primary energy where factors were given
 * @param site the same in site energy, where that differs
 * @param accounted whether the sources counted are enough of all energy
 * @param adjusted with non-routine adjustments, where there are any
 * @param meaning in plain words
 * @param course the CUSUM
 */
public record SavingsFigures(
        Performance performance,
        Optional<Performance> site,
        Verdict accounted,
        Optional<NonRoutineAdjustment.Adjusted> adjusted,
        List<String> meaning,
        CusumCourse course,
        String unit) {
    public SavingsFigures {
        meaning = List.copyOf(meaning);
    }

    /** forecast, backcast, chaining or standard-conditions. */
    public static String name(Method method) {
        return method.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of the models, of their application and of the energy accounted for. */
    public Verdict verdict() {
        return performance.verdict().and(accounted);
    }

    /** One source: its model, or null where none was used. Several sources: a list of them, in order. */
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("method", name(performance.method()));
        document.put("baselineModel", models(SourceModels::baseline));
        document.put("reportingModel", models(SourceModels::reporting));
        figures(document, performance);
        document.put("valid", verdict().valid());
        document.put("reasons", verdict().reasons());
        document.put("unit", unit);
        document.put("energy", site.isPresent() ? "primary" : "site");
        site.ifPresent(other -> {
            Map<String, @Nullable Object> siteEnergy = new LinkedHashMap<>();
            figures(siteEnergy, other);
            document.put("siteEnergy", siteEnergy);
        });
        adjusted.ifPresent(with -> document.put("adjusted", adjustments(with)));
        document.put("meaning", meaning);
        document.put("cusum", cusum(course));
        return document;
    }

    private static void figures(Map<String, @Nullable Object> document, Performance performance) {
        document.put("adjustedBaseline", number(performance.adjustedBaseline()));
        document.put("actual", number(performance.actual()));
        document.put("savings", number(performance.savings()));
        document.put("improvementPercent", number(performance.improvementPercent()));
        document.put("senpi", number(performance.senpi()));
        Map<String, @Nullable Object> uncertainty = new LinkedHashMap<>();
        uncertainty.put("confidence", number(performance.uncertainty().confidence()));
        uncertainty.put("relative", number(performance.uncertainty().relative()));
        uncertainty.put("absolute", number(performance.uncertainty().absolute()));
        document.put("uncertainty", uncertainty);
    }

    private static Map<String, @Nullable Object> adjustments(NonRoutineAdjustment.Adjusted with) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("adjustedBaseline", number(with.adjustedBaseline()));
        document.put("savings", number(with.savings()));
        document.put("improvementPercent", number(with.improvementPercent()));
        document.put(
                "counted",
                with.counted().stream().map(NonRoutineAdjustment::staticFactor).toList());
        document.put(
                "waitingForApproval",
                with.waiting().stream().map(NonRoutineAdjustment::staticFactor).toList());
        return document;
    }

    /** The running sum, its turn, and what happened before it begins. */
    public static Map<String, @Nullable Object> cusum(CusumCourse course) {
        List<Map<String, @Nullable Object>> points = new ArrayList<>();
        for (CusumCourse.Point point : course.points()) {
            Map<String, @Nullable Object> node = new LinkedHashMap<>();
            node.put("start", point.start().toString());
            node.put("actual", number(point.actual()));
            node.put("expected", number(point.expected()));
            node.put("sum", number(point.sum()));
            node.put(
                    "events",
                    point.events().stream().map(CusumCourse.Event::what).toList());
            points.add(node);
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("points", points);
        document.put(
                "turn",
                course.turn()
                        .map(turn -> {
                            Map<String, @Nullable Object> node = new LinkedHashMap<>();
                            node.put(
                                    "after",
                                    course.points().get(turn.index()).start().toString());
                            node.put("meanBefore", number(turn.before()));
                            node.put("meanAfter", number(turn.after()));
                            node.put("p", number(turn.p()));
                            return node;
                        })
                        .orElse(null));
        document.put(
                "eventsOutside",
                course.outside().stream().map(CusumCourse.Event::what).toList());
        return document;
    }

    private @Nullable Object models(Function<SourceModels, Optional<LinearFit>> which) {
        List<@Nullable Object> models = new ArrayList<>();
        for (SourceModels source : performance.models()) {
            models.add(which.apply(source)
                    .map(fit -> ModelFigures.of(fit, Verdict.of(fit, SepRules.SEP)))
                    .orElse(null));
        }
        return models.size() == 1 ? models.get(0) : models;
    }
}
