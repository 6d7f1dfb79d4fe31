package energy.audit.web.variables;

import energy.audit.access.Access;
import energy.audit.analysis.document.JsonText;
import energy.audit.analysis.variable.DegreeDayRule;
import energy.audit.analysis.variable.Shift;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.variables.VariableSource;
import energy.audit.variables.VariableSummary;
import energy.audit.variables.Variables;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Query;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What drives a site's energy and no meter counts: values, deliveries, corrections, shift plans, and the import. */
@Named("variables")
@RequestScoped
public class VariablesPage {
    private static final int MOST_INTERVALS = 1100;
    private static final int SHOWN_DAYS = 60;

    private final Words words;
    private final Place place;
    private final ZoneId zone;
    private final LocalDate first;
    private final LocalDate last;
    private final boolean monthly;
    private final VariablesView view;

    @Inject
    VariablesPage(
            Words words,
            Shell shell,
            Entrance entrance,
            Access access,
            Variables variables,
            Clock clock,
            HttpServletRequest request) {
        this.words = words;
        this.place = shell.place();
        this.zone = place.here().zone();
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        this.last = day("to", request.getParameter("to"), today.minusDays(1));
        this.first = day("from", request.getParameter("from"), last.minusDays(SHOWN_DAYS - 1));
        this.monthly = "P1M".equals(request.getParameter("step"));
        List<Instant> boundaries = boundaries();
        this.view = entrance.in(
                place.tenant(),
                () -> VariablesView.read(
                        variables,
                        access,
                        place.here().id(),
                        Optional.ofNullable(request.getParameter("source")).filter(text -> !text.isBlank()),
                        boundaries));
    }

    private static LocalDate day(String name, @Nullable String text, LocalDate otherwise) {
        return text == null || text.isBlank() ? otherwise : Query.date(name, text);
    }

    private List<Instant> boundaries() {
        List<Instant> boundaries = new ArrayList<>();
        LocalDate day = monthly ? first.withDayOfMonth(1) : first;
        for (; !day.isAfter(last) || boundaries.size() < 2; day = monthly ? day.plusMonths(1) : day.plusDays(1)) {
            boundaries.add(day.atStartOfDay(zone).toInstant());
            if (boundaries.size() > MOST_INTERVALS) {
                throw Refusal.invalid(
                        "PERIOD_TOO_LONG",
                        "variables from " + first + " to " + last,
                        "these are more than " + MOST_INTERVALS + " intervals",
                        "Ask for months, or for a shorter period.");
            }
        }
        boundaries.add(day.atStartOfDay(zone).toInstant());
        return boundaries;
    }

    /** A choice of a list. */
    public record Choice(String value, String text, boolean current) {}

    /** A variable, or a station; {@code address} shows the last of its values, which may be years ago. */
    public record SourceRow(
            String name, String kind, String unit, String span, String values, String corrected, String address) {}

    /** A shift plan. */
    public record PlanRow(
            String from, String shifts, String off, String reason, String by, String state, boolean counts) {}

    /** A delivery. */
    public record DeliveryRow(String entry, String kind, String delivery, String rows, String by) {}

    /** One of the things that were said of a time. */
    public record VersionRow(String interval, String version, String value, String entry) {}

    public String getHeadline() {
        int count = view.production().size()
                + view.stations().size()
                + (view.plans().stream().anyMatch(plan -> plan.inForce()) ? 1 : 0);
        return count == 0
                ? words.text("variables.headline.none", place.here().name())
                : words.text("variables.headline", place.here().name(), count);
    }

    public String getBasis() {
        return words.text("variables.basis", zone.getId());
    }

    public String getFrom() {
        return first.toString();
    }

    public String getTo() {
        return last.toString();
    }

    public List<Choice> getChoices() {
        return view.sources().stream()
                .map(source -> new Choice(
                        source.text(),
                        name(source),
                        view.chosen().map(source::equals).orElse(false)))
                .toList();
    }

    public List<Choice> getSteps() {
        return List.of(
                new Choice("P1D", words.text("variables.step.P1D"), !monthly),
                new Choice("P1M", words.text("variables.step.P1M"), monthly));
    }

    private String name(VariableSource source) {
        if (source instanceof VariableSource.Production production) {
            return production.variable();
        }
        if (source instanceof VariableSource.MeanTemperature mean) {
            return mean.station() + ", " + words.text("variables.kind.temperature");
        }
        if (source instanceof VariableSource.DegreeDays days) {
            boolean heating = days.rule().side() == DegreeDayRule.Side.HEATING;
            return days.station() + ", " + words.text(heating ? "variables.kind.heating" : "variables.kind.cooling")
                    + " " + days.rule().text();
        }
        return source instanceof VariableSource.ShiftHours hours
                ? hours.shift() + ", " + words.text("variables.kind.hours")
                : words.text("variables.kind.hours");
    }

    private String unit() {
        return view.chosen()
                .map(source -> source instanceof VariableSource.Production production
                        ? view.production().stream()
                                .filter(each -> each.variable().equals(production.variable()))
                                .map(VariableSummary::unit)
                                .findFirst()
                                .orElse("")
                        : source.unit())
                .orElse("");
    }

    public String getUnit() {
        return unit();
    }

    public String getTitle() {
        return view.chosen().map(this::name).orElse("–");
    }

    public String getVacant() {
        return view.chosen().isPresent() ? "" : words.text("variables.chart.vacant");
    }

    public String getSummary() {
        return view.chosen().isEmpty()
                ? ""
                : words.text(
                        "variables.chart.summary",
                        view.values().stream()
                                .filter(each -> each.value().isPresent())
                                .count(),
                        view.values().size());
    }

    public String getChart() {
        List<@Nullable Object> values = new ArrayList<>();
        view.values()
                .forEach(each -> values.add(each.value().map(v -> (Object) v).orElse(null)));
        Map<String, @Nullable Object> series = new LinkedHashMap<>();
        series.put("role", "actual");
        series.put("name", getTitle());
        series.put("values", values);
        Map<String, @Nullable Object> chart = new LinkedHashMap<>();
        chart.put("kind", "lines");
        chart.put("unit", unit());
        chart.put("zone", "");
        chart.put("language", words.getLocale().toLanguageTag());
        chart.put("file", place.here().id() + "-" + first + "-" + last + "-variable");
        chart.put("timeLabel", words.text("chart.time", zone.getId()));
        chart.put(
                "labels",
                view.values().stream()
                        .map(each -> words.dayWithYear(
                                each.period().from().atZone(zone).toLocalDate()))
                        .toList());
        chart.put("series", List.of(series));
        chart.put("marks", List.of());
        return JsonText.of(chart);
    }

    public List<SourceRow> getSources() {
        List<SourceRow> rows = new ArrayList<>();
        view.production()
                .forEach(each -> rows.add(new SourceRow(
                        each.variable(),
                        words.text("variables.kind.production"),
                        each.unit(),
                        span(each.period()),
                        words.whole(each.values()),
                        words.whole(each.corrected()),
                        address(new VariableSource.Production(each.variable()), each.period()))));
        view.stations()
                .forEach(each -> rows.add(new SourceRow(
                        each.station(),
                        words.text("variables.kind.temperature") + ", " + each.source(),
                        "degC",
                        span(each.period()),
                        words.whole(each.values()),
                        words.whole(each.corrected()),
                        address(new VariableSource.MeanTemperature(each.station()), each.period()))));
        return rows;
    }

    private String address(VariableSource source, Period period) {
        LocalDate to = period.to().minusMillis(1).atZone(zone).toLocalDate();
        return place.to("variables") + "?source=" + URLEncoder.encode(source.text(), StandardCharsets.UTF_8) + "&from="
                + to.minusDays(SHOWN_DAYS - 1) + "&to=" + to;
    }

    private String span(Period period) {
        return words.dayWithYear(period.from().atZone(zone).toLocalDate()) + " – "
                + words.dayWithYear(period.to().minusMillis(1).atZone(zone).toLocalDate());
    }

    public List<PlanRow> getPlans() {
        return view.plans().stream()
                .sorted(Comparator.comparing((energy.audit.variables.PlannedShifts each) ->
                                each.plan().effectiveFrom())
                        .reversed())
                .map(each -> new PlanRow(
                        words.dayWithYear(each.plan().effectiveFrom()),
                        each.plan().shifts().stream().map(this::shift).collect(Collectors.joining("; ")),
                        words.whole(each.plan().daysOff().size()),
                        each.reason(),
                        each.by() + ", " + words.moment(each.at(), zone),
                        words.text(
                                each.plan().withdrawn()
                                        ? "gaps.state.withdrawn"
                                        : each.inForce() ? "gaps.state.counts" : "gaps.state.replaced"),
                        each.inForce() && !each.plan().withdrawn()))
                .toList();
    }

    private String shift(Shift shift) {
        return shift.name() + " "
                + shift.days().stream()
                        .sorted()
                        .map((DayOfWeek day) -> day.getDisplayName(TextStyle.SHORT, words.getLocale()))
                        .collect(Collectors.joining(" "))
                + " " + shift.start() + "–" + shift.end();
    }

    public List<DeliveryRow> getDeliveries() {
        return view.deliveries().stream()
                .map(each -> new DeliveryRow(
                        words.whole(each.logIndex()),
                        words.text(
                                each.kind() == energy.audit.evidence.wire.EntryKind.PRODUCTION_IMPORT
                                        ? "variables.kind.production"
                                        : "variables.kind.temperature"),
                        each.source() + ", " + each.importId(),
                        words.whole(each.rows()),
                        each.by() + ", " + words.moment(each.at(), zone)))
                .toList();
    }

    public List<VersionRow> getVersions() {
        return view.versions().stream()
                .map(each -> new VersionRow(
                        span(each.period()),
                        words.whole(each.version()),
                        each.value().map(BigDecimal::toPlainString).orElse(words.text("variables.withdrawn")),
                        words.whole(each.logIndex())))
                .toList();
    }

    public boolean isMayImport() {
        return view.mayImport();
    }

    public String getSite() {
        return place.here().id().value();
    }

    public String getProductionAddress() {
        return "/data/tenants/" + place.tenant() + "/production";
    }

    public String getWeatherAddress() {
        return "/data/tenants/" + place.tenant() + "/weather";
    }
}
