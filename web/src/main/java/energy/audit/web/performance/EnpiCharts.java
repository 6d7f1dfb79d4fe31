package energy.audit.web.performance;

import energy.audit.analysis.document.JsonText;
import energy.audit.analysis.performance.CusumCourse;
import energy.audit.performance.ExpectedRow;
import energy.audit.performance.ModelDiagnosis;
import energy.audit.web.shell.Words;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Charts about an indicator as JSON for the page; an interval without a value is null, a gap in the line. */
final class EnpiCharts {
    private final Words words;
    private final ZoneId zone;
    private final String id;

    EnpiCharts(Words words, ZoneId zone, String id) {
        this.words = words;
        this.zone = zone;
        this.id = id;
    }

    /** @param excluded first days of intervals that are kept out of models; they are drawn and marked */
    String actualAgainstExpected(List<ExpectedRow> rows, Set<LocalDate> excluded) {
        List<@Nullable Object> actual = new ArrayList<>();
        List<@Nullable Object> expected = new ArrayList<>();
        for (ExpectedRow row : rows) {
            actual.add(row.row().energy().map(e -> (Object) e).orElse(null));
            expected.add(row.expected().isPresent() ? (Object) row.expected().getAsDouble() : null);
        }
        return chart(
                rows.stream().map(r -> words.dayWithYear(r.row().day())).toList(),
                "expected",
                List.of(
                        series("expected", words.text("enpi.expected"), expected),
                        series("actual", words.text("enpi.actual"), actual)),
                rows.stream()
                        .map(row -> row.row().day())
                        .filter(excluded::contains)
                        .map(day -> mark(day, words.text("enpi.points.mark")))
                        .toList());
    }

    /** With what was decided and changed on the way. */
    String cusum(List<CusumCourse.Point> points) {
        List<Map<String, @Nullable Object>> marks = new ArrayList<>();
        List<@Nullable Object> sums = new ArrayList<>();
        for (CusumCourse.Point point : points) {
            sums.add(point.sum());
            if (!point.events().isEmpty()) {
                marks.add(mark(
                        point.start().toLocalDate(),
                        String.join(
                                "; ",
                                point.events().stream()
                                        .map(CusumCourse.Event::what)
                                        .toList())));
            }
        }
        return chart(
                points.stream()
                        .map(p -> words.dayWithYear(p.start().toLocalDate()))
                        .toList(),
                "cusum",
                List.of(series("actual", words.text("enpi.cusum"), sums)),
                marks);
    }

    /** One point for each input of the baseline; they lie around zero without a pattern where the model fits. */
    String residuals(List<ModelDiagnosis.Point> points) {
        List<String> labels = new ArrayList<>();
        List<@Nullable Object> residuals = new ArrayList<>();
        points.forEach(point -> {
            labels.add(words.dayWithYear(point.from().atZone(zone).toLocalDate()));
            residuals.add(point.residualKwh());
        });
        return chart(
                labels,
                "residuals",
                List.of(series("residual", words.text("enpi.diagnosis.residual"), residuals)),
                List.of());
    }

    private Map<String, @Nullable Object> mark(LocalDate day, String text) {
        Map<String, @Nullable Object> mark = new LinkedHashMap<>();
        mark.put("at", words.dayWithYear(day));
        mark.put("text", text);
        return mark;
    }

    private static Map<String, @Nullable Object> series(String role, String name, List<@Nullable Object> values) {
        Map<String, @Nullable Object> series = new LinkedHashMap<>();
        series.put("role", role);
        series.put("name", name);
        series.put("values", values);
        return series;
    }

    private String chart(
            List<String> labels,
            String file,
            List<Map<String, @Nullable Object>> series,
            List<Map<String, @Nullable Object>> marks) {
        Map<String, @Nullable Object> chart = new LinkedHashMap<>();
        chart.put("kind", "lines");
        chart.put("unit", "kWh");
        chart.put("zone", "");
        chart.put("language", words.getLocale().toLanguageTag());
        chart.put("file", id + "-" + file);
        chart.put("timeLabel", words.text("chart.time", zone.getId()));
        chart.put("labels", labels);
        chart.put("series", series);
        chart.put("marks", marks);
        return JsonText.of(chart);
    }
}
