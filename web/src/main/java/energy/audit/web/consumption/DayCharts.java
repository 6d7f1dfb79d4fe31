package energy.audit.web.consumption;

import energy.audit.analysis.register.Quality;
import energy.audit.consumption.GaugePoint;
import energy.audit.consumption.ProfilePoint;
import energy.audit.ingest.StoredGap;
import energy.audit.web.shell.Words;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns of a day's charts. Missing stays missing: null, never zero. */
final class DayCharts {
    private static final int QUARTER_MINUTES = 15;
    private static final double MINUTES_AN_HOUR = 60;
    private static final double ENOUGH = 0.5;

    private final Words words;
    private final DayView view;
    private final ZoneId zone;

    DayCharts(Words words, DayView view) {
        this.words = words;
        this.view = view;
        this.zone = view.site().zone();
    }

    /** Mean power by quarter hour, against the same weekday a week before. */
    String power() {
        List<Instant> starts = quarters();
        JsonArrayBuilder labels = Json.createArrayBuilder();
        JsonArrayBuilder measured = Json.createArrayBuilder();
        JsonArrayBuilder estimated = Json.createArrayBuilder();
        JsonArrayBuilder before = Json.createArrayBuilder();
        Map<Instant, ProfilePoint> byStart = byStart(view.profile());
        Map<Instant, ProfilePoint> beforeByStart = byStart(view.profileBefore());
        for (Instant start : starts) {
            labels.add(words.time(start, zone));
            Optional<ProfilePoint> point = Optional.ofNullable(byStart.get(start));
            boolean sure = point.filter(each -> each.energyKwh().quality() == Quality.MEASURED)
                    .isPresent();
            measured.add(kilowatts(point));
            estimated.add(sure ? JsonValue.NULL : kilowatts(point));
            Instant weekBefore = start.atZone(zone).minusDays(7).toInstant();
            before.add(kilowatts(Optional.ofNullable(beforeByStart.get(weekBefore))));
        }
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("kind", "power")
                .add("unit", "kW")
                .add("zone", zone.getId())
                .add("language", words.getLocale().toLanguageTag())
                .add("file", view.site().id() + "-" + view.day() + "-power")
                .add("timeLabel", words.text("chart.time", zone.getId()))
                .add("liveName", words.text("chart.live"))
                .add("labels", labels)
                .add(
                        "series",
                        Json.createArrayBuilder()
                                .add(series(
                                        "before",
                                        words.text(
                                                "chart.before",
                                                words.day(view.day().minusDays(7))),
                                        before))
                                .add(series("measured", words.text("chart.measured", words.day(view.day())), measured))
                                .add(series("estimated", words.text("chart.estimated"), estimated)))
                .add("live", live(starts.get(0)))
                .add("noData", words.text("chart.nodata"))
                .add("gaps", gaps(starts));
        view.peak()
                .ifPresent(point -> json.add(
                        "peak",
                        Json.createObjectBuilder()
                                .add("at", words.time(point.start(), zone))
                                .add("text", words.text("chart.peak", words.number(power(point), 0)))));
        return json.build().toString();
    }

    /** By how much each electricity meter differs from the week before, largest first, and what no meter explains. */
    String differences() {
        record Bar(String name, BigDecimal kwh) {}
        List<Bar> bars = new ArrayList<>();
        BigDecimal explained = BigDecimal.ZERO;
        BigDecimal whole = BigDecimal.ZERO;
        for (MeterLine meter : view.meters()) {
            Optional<BigDecimal> difference = meter.difference();
            if (!meter.source().equals("electricity") || difference.isEmpty()) {
                continue;
            }
            if (meter.boundary()) {
                whole = whole.add(difference.get());
            } else {
                explained = explained.add(difference.get());
                bars.add(new Bar(meter.name(), difference.get()));
            }
        }
        bars.sort((one, other) -> other.kwh().abs().compareTo(one.kwh().abs()));
        List<Bar> shown = new ArrayList<>(bars.subList(0, Math.min(6, bars.size())));
        BigDecimal others = bars.stream().skip(shown.size()).map(Bar::kwh).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (bars.size() > shown.size()) {
            shown.add(new Bar(words.text("chart.others", bars.size() - shown.size()), others));
        }
        if (!bars.isEmpty()) {
            shown.add(new Bar(words.text("chart.unmetered"), whole.subtract(explained)));
        }
        JsonArrayBuilder names = Json.createArrayBuilder();
        JsonArrayBuilder values = Json.createArrayBuilder();
        for (Bar bar : shown) {
            names.add(bar.name());
            values.add(bar.kwh().setScale(1, RoundingMode.HALF_EVEN));
        }
        return Json.createObjectBuilder()
                .add("kind", "differences")
                .add("unit", "kWh")
                .add("language", words.getLocale().toLanguageTag())
                .add("file", view.site().id() + "-" + view.day() + "-differences")
                .add("timeLabel", words.text("meters.meter"))
                .add("labels", names)
                .add(
                        "series",
                        Json.createArrayBuilder().add(series("difference", words.text("chart.difference"), values)))
                .build()
                .toString();
    }

    /** Minutes since the day began, and the mean power of that minute. */
    private JsonArrayBuilder live(Instant midnight) {
        JsonArrayBuilder points = Json.createArrayBuilder();
        for (GaugePoint point : view.livePower()) {
            points.add(Json.createArrayBuilder()
                    .add(Duration.between(midnight, point.start()).toSeconds() / MINUTES_AN_HOUR)
                    .add(BigDecimal.valueOf(point.mean()).setScale(1, RoundingMode.HALF_EVEN)));
        }
        return points;
    }

    private JsonArrayBuilder gaps(List<Instant> starts) {
        JsonArrayBuilder gaps = Json.createArrayBuilder();
        view.meters().stream()
                .filter(MeterLine::boundary)
                .filter(meter -> meter.source().equals("electricity"))
                .flatMap(meter -> meter.gaps().stream())
                .filter(gap -> Duration.between(gap.from(), gap.to()).toMinutes() >= QUARTER_MINUTES / 3)
                .forEach(gap -> gaps.add(Json.createObjectBuilder()
                        .add("from", label(starts, gap.from()))
                        .add("to", label(starts, gap.to()))
                        .add("cause", cause(gap))));
        return gaps;
    }

    static String cause(StoredGap gap) {
        return gap.cause().name();
    }

    /** Label of the quarter hour that an instant lies in. */
    private String label(List<Instant> starts, Instant at) {
        Instant label = starts.get(0);
        for (Instant start : starts) {
            if (!start.isAfter(at)) {
                label = start;
            }
        }
        return words.time(label, zone);
    }

    private List<Instant> quarters() {
        Instant end = view.day().plusDays(1).atStartOfDay(zone).toInstant();
        List<Instant> starts = new ArrayList<>();
        for (Instant at = view.day().atStartOfDay(zone).toInstant();
                at.isBefore(end);
                at = at.plus(Duration.ofMinutes(QUARTER_MINUTES))) {
            starts.add(at);
        }
        return starts;
    }

    private static Map<Instant, ProfilePoint> byStart(List<ProfilePoint> profile) {
        Map<Instant, ProfilePoint> byStart = new HashMap<>();
        profile.forEach(point -> byStart.put(point.start(), point));
        return byStart;
    }

    private static JsonValue kilowatts(Optional<ProfilePoint> point) {
        return point.filter(each ->
                        each.energyKwh().value().isPresent() && each.energyKwh().coverage() >= ENOUGH)
                .<JsonValue>map(each -> Json.createValue(power(each).setScale(1, RoundingMode.HALF_EVEN)))
                .orElse(JsonValue.NULL);
    }

    /** Mean power of a quarter hour, kW; of its covered part where it is not whole. */
    static BigDecimal power(ProfilePoint point) {
        double hours = Duration.between(point.start(), point.end()).toMinutes() / MINUTES_AN_HOUR;
        double covered = point.energyKwh().quality() == Quality.PARTIAL
                ? hours * Math.max(ENOUGH, point.energyKwh().coverage())
                : hours;
        return BigDecimal.valueOf(
                point.energyKwh().value().orElse(BigDecimal.ZERO).doubleValue() / covered);
    }

    private static JsonObjectBuilder series(String role, String name, JsonArrayBuilder values) {
        return Json.createObjectBuilder().add("role", role).add("name", name).add("values", values);
    }
}
