package energy.audit.web.performance;

import energy.audit.analysis.document.ModelFigures;
import energy.audit.kernel.ChannelId;
import energy.audit.performance.Baseline;
import energy.audit.performance.Decision;
import energy.audit.performance.EnpiDefinition;
import energy.audit.performance.ExpectedRow;
import energy.audit.performance.RelevantVariable;
import energy.audit.performance.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents about indicators. */
final class EnpiJson {
    private EnpiJson() {}

    static Map<String, @Nullable Object> of(Standing standing) {
        Map<String, @Nullable Object> json = of(standing.definition());
        json.put("baselineInForce", standing.inForce().map(Baseline::id).orElse(null));
        json.put("review", standing.review().map(EnpiJson::of).orElse(null));
        json.put(
                "staticFactors",
                standing.factors().stream().map(f -> f.name() + "=" + f.value()).toList());
        json.put(
                "excluded",
                standing.excluded().entrySet().stream()
                        .map(each -> {
                            Map<String, @Nullable Object> point = of(each.getValue());
                            point.put("day", each.getKey().toString());
                            return point;
                        })
                        .toList());
        return json;
    }

    static Map<String, @Nullable Object> of(EnpiDefinition enpi) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", enpi.id());
        json.put("version", enpi.version());
        json.put("name", enpi.name());
        json.put("site", enpi.site().value());
        json.put("channels", enpi.channels().stream().map(ChannelId::value).toList());
        json.put("energySources", enpi.energySources());
        json.put("kind", enpi.kind().text());
        json.put(
                "variables",
                enpi.variables().stream().map(RelevantVariable::text).toList());
        json.put("step", enpi.step().text());
        json.put("unit", EnpiDefinition.UNIT);
        json.put("formula", enpi.formula());
        json.put("reason", enpi.reason());
        json.put("author", enpi.author());
        json.put("at", enpi.at().toString());
        json.put("logIndex", enpi.logIndex());
        return json;
    }

    /** {@code model} is JSON already and stands as the entry of the log has it. */
    static String of(Baseline baseline) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", baseline.id());
        json.put("enpi", baseline.enpi());
        json.put("enpiVersion", baseline.enpiVersion());
        json.put("version", baseline.version());
        json.put("first", baseline.first().toString());
        json.put("last", baseline.last().toString());
        json.put(
                "staticFactors",
                baseline.staticFactors().stream()
                        .map(f -> f.name() + "=" + f.value())
                        .toList());
        json.put("variables", baseline.variables());
        json.put("leftOut", baseline.leftOut());
        json.put("state", baseline.state().name().toLowerCase(Locale.ROOT));
        json.put("author", baseline.author());
        json.put("at", baseline.at().toString());
        json.put("reason", baseline.reason());
        json.put("decision", baseline.decision().map(EnpiJson::of).orElse(null));
        json.put("logSize", baseline.logSize());
        json.put("logIndex", baseline.logIndex());
        String text = energy.audit.analysis.document.JsonText.of(json);
        return text.substring(0, text.length() - 1) + ",\"model\":" + baseline.model() + "}";
    }

    static Map<String, @Nullable Object> of(Decision decision) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("subject", decision.subject());
        json.put("decision", decision.what());
        json.put("person", decision.person());
        json.put("at", decision.at().toString());
        json.put("reason", decision.reason());
        if (!decision.factor().isEmpty()) {
            json.put("factor", decision.factor());
            json.put("before", decision.before());
            json.put("after", decision.after());
            json.put("since", decision.since());
        }
        json.put("logIndex", decision.logIndex());
        return json;
    }

    static Map<String, @Nullable Object> of(ExpectedRow each) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("start", each.row().start().toString());
        json.put("end", each.row().end().toString());
        json.put("actual", each.row().energy().orElse(null));
        json.put(
                "expected",
                each.expected().isPresent()
                        ? ModelFigures.number(each.expected().getAsDouble())
                        : null);
        json.put(
                "value",
                each.value().isPresent() ? ModelFigures.number(each.value().getAsDouble()) : null);
        json.put("unit", each.unit());
        json.put("quality", each.row().quality().name());
        json.put("variables", new java.util.TreeMap<>(each.row().variables()));
        json.put("leftOut", each.row().leftOut());
        return json;
    }

    static Map<String, @Nullable Object> page(List<?> items) {
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", items);
        page.put("next", null);
        return page;
    }
}
