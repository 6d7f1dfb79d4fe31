package energy.audit.web.consumption;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a chart shows, as the attribute that {@code portal.js} reads. A gap stays a gap. */
public final class ChartModel {
    private final String kind;
    private final String unit;
    private final boolean stacked;
    private final List<String> labels;
    private final List<Line> lines = new ArrayList<>();

    private record Line(String name, String colour, boolean dashed, List<Optional<BigDecimal>> values) {}

    /** @param kind line, columns or bars */
    public ChartModel(String kind, String unit, boolean stacked, List<String> labels) {
        this.kind = kind;
        this.unit = unit;
        this.stacked = stacked;
        this.labels = List.copyOf(labels);
    }

    /** @param values one for each label; empty where there is no data */
    public ChartModel with(String name, String colour, boolean dashed, List<Optional<BigDecimal>> values) {
        lines.add(new Line(name, colour, dashed, values));
        return this;
    }

    public String json() {
        JsonArrayBuilder names = Json.createArrayBuilder(labels);
        JsonArrayBuilder series = Json.createArrayBuilder();
        for (Line line : lines) {
            JsonArrayBuilder values = Json.createArrayBuilder();
            line.values().forEach(value -> value.ifPresentOrElse(values::add, values::addNull));
            JsonObjectBuilder one = Json.createObjectBuilder()
                    .add("name", line.name())
                    .add("colour", line.colour())
                    .add("dashed", line.dashed())
                    .add("values", values);
            series.add(one);
        }
        return Json.createObjectBuilder()
                .add("kind", kind)
                .add("unit", unit)
                .add("stacked", stacked)
                .add("labels", names)
                .add("series", series)
                .build()
                .toString();
    }
}
