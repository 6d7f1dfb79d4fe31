package energy.audit.web.consumption;

import energy.audit.analysis.register.Quality;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.EnergyAmount;
import energy.audit.consumption.Resolution;
import energy.audit.consumption.SourceEnergy;
import energy.audit.consumption.SourceEnergy.MeterEnergy;
import energy.audit.kernel.Period;
import energy.audit.web.rest.Entrance;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Shell.Link;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where the energy goes: a period by source or by meter, as chart and as table. */
@Named("energy")
@RequestScoped
public class EnergyPage {
    private final Words words;
    private final Place place;
    private final ZoneId zone;
    private final EnergyQuestion question;
    private final Period period;
    private final EnergyView view;

    @Inject
    EnergyPage(
            Words words,
            Shell shell,
            Entrance entrance,
            Consumption consumption,
            Clock clock,
            HttpServletRequest request) {
        this.words = words;
        this.place = shell.place();
        this.zone = place.here().zone();
        Instant now = clock.instant();
        this.question = EnergyQuestion.of(request, now, zone);
        this.period = question.period(zone, now);
        this.view = entrance.in(
                place.tenant(), () -> EnergyView.read(consumption, place.here().id(), question, period, zone));
    }

    /** A meter's energy in the period, in words. */
    public record Row(
            String name,
            String source,
            String sourceText,
            boolean part,
            String energy,
            String share,
            String coverage,
            boolean whole,
            String quality,
            String address) {}

    public String getHeadline() {
        Optional<BigDecimal> sum = view.sources().stream()
                .flatMap(source -> source.energyKwh().value().stream())
                .reduce(BigDecimal::add);
        String first = words.dayWithYear(question.from());
        String last = words.dayWithYear(question.to());
        if (sum.isEmpty()) {
            return words.text("energy.headline.empty", first, last);
        }
        return question.from().equals(question.to())
                ? words.text("energy.headline.one", words.number(sum.get(), 0), first)
                : words.text("energy.headline", words.number(sum.get(), 0), first, last);
    }

    /** The meter with the largest share of electricity, else what the figures rest on. */
    public String getBasis() {
        return view.sources().stream()
                .filter(source -> source.source().equals("electricity"))
                .findFirst()
                .flatMap(source -> source.meters().stream()
                        .filter(meter ->
                                !meter.boundary() && meter.energyKwh().value().isPresent())
                        .max(Comparator.comparing(
                                meter -> meter.energyKwh().value().orElse(BigDecimal.ZERO)))
                        .flatMap(meter -> share(meter.energyKwh(), source.energyKwh())
                                .map(share ->
                                        words.text("energy.main.electricity", meter.name(), share, zone.getId()))))
                .orElseGet(() -> words.text("energy.basis", zone.getId()));
    }

    public String getFrom() {
        return question.from().toString();
    }

    public String getTo() {
        return question.to().toString();
    }

    public String getLatestDay() {
        return question.today().toString();
    }

    public String getSource() {
        return question.source();
    }

    public String getStep() {
        return question.step().text();
    }

    public List<Link> getSteps() {
        List<Link> steps = new ArrayList<>();
        for (Resolution step : Resolution.values()) {
            steps.add(new Link(words.text("energy.step." + step.text()), step.text(), "", step == question.step()));
        }
        return steps;
    }

    public List<Link> getPresets() {
        LocalDate today = question.today();
        LocalDate month = today.withDayOfMonth(1);
        return List.of(
                preset("today", today, today),
                preset("week", today.minusDays(6), today),
                preset("month", month, today),
                preset("lastmonth", month.minusMonths(1), month.minusDays(1)),
                preset("year", month.minusMonths(11), today));
    }

    private Link preset(String name, LocalDate first, LocalDate last) {
        return new Link(
                words.text("energy.preset." + name),
                place.to("energy") + question.query(first, last),
                "",
                first.equals(question.from()) && last.equals(question.to()));
    }

    /** By source, and by the meters of each. */
    public List<Link> getViews() {
        List<Link> views = new ArrayList<>();
        String address = place.to("energy") + "?from=" + question.from() + "&to=" + question.to();
        views.add(new Link(
                words.text("energy.by.source"), address, "", question.source().isEmpty()));
        for (SourceEnergy source : view.sources()) {
            views.add(new Link(
                    words.text("energy.by.meter", sourceText(source.source())),
                    address + "&source=" + source.source(),
                    "",
                    source.source().equals(question.source())));
        }
        return views;
    }

    public String getUnit() {
        return words.text(
                "energy.unit", words.text("energy.step." + question.step().text()));
    }

    public String getChartTitle() {
        return question.source().isEmpty()
                ? words.text("energy.by.source")
                : words.text("energy.by.meter", sourceText(question.source()));
    }

    public String getSummary() {
        return words.text("energy.summary", getHeadline());
    }

    public String getChart() {
        JsonArrayBuilder labels = Json.createArrayBuilder();
        view.starts().forEach(start -> labels.add(label(start)));
        JsonArrayBuilder series = Json.createArrayBuilder();
        for (EnergyView.Bar bar : view.bars()) {
            JsonArrayBuilder values = Json.createArrayBuilder();
            for (Instant start : view.starts()) {
                BigDecimal kwh = bar.kwh().get(start);
                values.add(kwh == null ? JsonValue.NULL : Json.createValue(kwh.setScale(1, RoundingMode.HALF_EVEN)));
            }
            String name = bar.rest()
                    ? words.text(view.bars().size() == 1 ? "chart.boundary" : "chart.rest")
                    : question.source().isEmpty() ? sourceText(bar.name()) : bar.name();
            series.add(Json.createObjectBuilder()
                    .add("role", bar.rest() ? "rest" : "part")
                    .add("source", bar.source())
                    .add("name", name)
                    .add("values", values));
        }
        return Json.createObjectBuilder()
                .add("kind", "bars")
                .add("unit", "kWh")
                .add("zone", zone.getId())
                .add("language", words.getLocale().toLanguageTag())
                .add("file", place.here().id() + "-" + question.from() + "-" + question.to() + "-energy")
                .add("timeLabel", words.text("chart.time", zone.getId()))
                .add("labels", labels)
                .add("series", series)
                .build()
                .toString();
    }

    public List<Row> getRows() {
        List<Row> rows = new ArrayList<>();
        for (SourceEnergy source : view.sources()) {
            for (MeterEnergy meter : source.meters()) {
                EnergyAmount energy = meter.energyKwh();
                rows.add(new Row(
                        meter.name(),
                        source.source(),
                        sourceText(source.source()),
                        !meter.boundary(),
                        energy.value().map(kwh -> words.number(kwh, 0)).orElse("–"),
                        share(energy, source.energyKwh()).orElse("–"),
                        words.percent(energy.coverage()),
                        energy.coverage() >= DayReader.WHOLE,
                        seal(energy),
                        place.to("figure") + "?channel=" + meter.channel() + "&from=" + question.from() + "&to="
                                + question.to()));
            }
        }
        return rows;
    }

    private String seal(EnergyAmount energy) {
        boolean estimated = energy.quality() == Quality.ESTIMATED;
        return energy.coverage() >= DayReader.WHOLE && !estimated
                ? words.text("trust.proved")
                : words.text("quality." + energy.quality().name());
    }

    private Optional<String> share(EnergyAmount part, EnergyAmount whole) {
        return part.value()
                .filter(kwh -> whole.value().filter(all -> all.signum() > 0).isPresent())
                .map(kwh -> words.number(
                                kwh.movePointRight(2)
                                        .divide(whole.value().orElse(BigDecimal.ONE), 1, RoundingMode.HALF_EVEN),
                                1)
                        + " %");
    }

    private String label(Instant start) {
        ZonedDateTime at = start.atZone(zone);
        return switch (question.step()) {
            case MONTH ->
                DateTimeFormatter.ofPattern("MMM yyyy", words.getLocale()).format(at);
            case DAY -> words.day(at.toLocalDate());
            case HOUR, QUARTER_HOUR ->
                question.from().equals(question.to())
                        ? words.time(start, zone)
                        : words.day(at.toLocalDate()) + " " + words.time(start, zone);
        };
    }

    private String sourceText(String source) {
        return words.textOr("source." + source, source);
    }
}
