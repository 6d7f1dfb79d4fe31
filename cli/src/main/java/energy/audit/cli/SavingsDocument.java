package energy.audit.cli;

import energy.audit.analysis.document.JsonText;
import energy.audit.analysis.document.SavingsFigures;
import energy.audit.analysis.performance.CusumCourse;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.performance.NonRoutineAdjustment;
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

/**
 * Savings for a program, and for a person.
 *
 * @param performance in primary energy where factors were given
 * @param site the same in site energy, where that differs
 * @param accounted whether the sources counted are enough of all energy
 * @param adjusted with non-routine adjustments, where there are any
 * @param meaning in plain words
 * @param course the CUSUM
 */
record SavingsDocument(
        Performance performance,
        Optional<Performance> site,
        Verdict accounted,
        Optional<NonRoutineAdjustment.Adjusted> adjusted,
        List<String> meaning,
        CusumCourse course,
        String unit) {
    static String name(Method method) {
        return SavingsFigures.name(method);
    }

    /** Of the models, of their application and of the energy accounted for. */
    Verdict verdict() {
        return performance.verdict().and(accounted);
    }

    String json() {
        return JsonText.indented(
                new SavingsFigures(performance, site, accounted, adjusted, meaning, course, unit).document());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (SourceModels source : performance.models()) {
            source.baseline().ifPresent(fit -> model(text, source, "baseline model", fit));
            source.reporting().ifPresent(fit -> model(text, source, "reporting model", fit));
        }
        result(text, site.isPresent() ? ", primary energy" : "", performance);
        site.ifPresent(other -> result(text, ", site energy", other));
        adjusted.ifPresent(with -> {
            text.append(String.format(
                    "with %d non-routine adjustments (%d wait for approval and count for nothing)%n",
                    with.counted().size(), with.waiting().size()));
            line(text, "adjusted baseline", with.adjustedBaseline(), unit);
            line(text, "savings", with.savings(), unit);
            line(text, "improvement", with.improvementPercent(), "%");
            text.append(System.lineSeparator());
        });
        meaning.forEach(sentence -> text.append(sentence).append(System.lineSeparator()));
        course(text);
        return text.append(System.lineSeparator())
                .append(ModelDocument.text(verdict()))
                .toString();
    }

    private void result(StringBuilder text, String energy, Performance result) {
        text.append(name(result.method())).append(energy).append(System.lineSeparator());
        line(text, "adjusted baseline", result.adjustedBaseline(), unit);
        line(text, "actual", result.actual(), unit);
        line(
                text,
                "savings",
                result.savings(),
                String.format(
                        Locale.ROOT,
                        "± %s %s (%.0f %% confidence, ± %.1f %% of the savings)",
                        ModelDocument.digits(result.uncertainty().absolute()),
                        unit,
                        100 * result.uncertainty().confidence(),
                        100 * result.uncertainty().relative()));
        line(text, "SEnPI", result.senpi(), "");
        line(text, "improvement", result.improvementPercent(), "%");
        text.append(System.lineSeparator());
    }

    private static void line(StringBuilder text, String name, double value, String remark) {
        text.append(String.format("%-18s %-22s %s", name, ModelDocument.digits(value), remark)
                        .stripTrailing())
                .append(System.lineSeparator());
    }

    /** The running sum where something happened, and at its end. */
    private void course(StringBuilder text) {
        int last = course.points().size() - 1;
        text.append(String.format("%nCUSUM, actual minus expected, falling is saving%n"));
        for (int i = 0; i <= last; i++) {
            CusumCourse.Point point = course.points().get(i);
            boolean turns = course.turn().isPresent() && course.turn().get().index() == i;
            if (i == last || turns || !point.events().isEmpty()) {
                text.append(point.start()).append("  ").append(ModelDocument.digits(point.sum()));
                point.events().forEach(event -> text.append("  ").append(event.what()));
                text.append(turns ? "  performance changes after this" : "").append(System.lineSeparator());
            }
        }
        course.outside()
                .forEach(event -> text.append("not shown, before the first interval: ")
                        .append(event.what())
                        .append(System.lineSeparator()));
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
