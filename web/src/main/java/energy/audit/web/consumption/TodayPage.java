package energy.audit.web.consumption;

import energy.audit.consumption.EnergyAmount;
import energy.audit.consumption.Progress;
import energy.audit.ingest.StoredGap;
import energy.audit.kernel.SiteId;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Query;
import energy.audit.web.shell.Figure;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is happening at the site, and is anything unusual: the page of a day, live while it is the running one. */
@Named("today")
@RequestScoped
public class TodayPage {
    private static final Duration STALE = Duration.ofSeconds(90);
    private static final double HISTORY_IN = 0.97;

    private final Words words;
    private final Place place;
    private final DayView view;
    private final DayWords sentences;
    private final DayCharts charts;

    @Inject
    TodayPage(Words words, Shell shell, Entrance entrance, DayReader reader, HttpServletRequest request) {
        this.words = words;
        this.place = shell.place();
        Optional<LocalDate> day = Optional.ofNullable(request.getParameter("day"))
                .filter(text -> !text.isBlank())
                .map(text -> Query.date("day", text));
        SiteId site = place.here().id();
        this.view = entrance.in(place.tenant(), () -> reader.read(site, day));
        this.sentences = new DayWords(words, view);
        this.charts = new DayCharts(words, view);
    }

    /** A row of the table of meters, in words. */
    public record Row(
            String name,
            String source,
            boolean part,
            String register,
            String day,
            String before,
            String difference,
            String tone,
            String coverage,
            boolean whole,
            String evidence,
            boolean proved,
            String address) {}

    /** A source with its share of the day's energy. */
    public record SourceBar(String source, String name, String energy, String percent, double share) {}

    public String getHeadline() {
        return sentences.headline();
    }

    public String getBasis() {
        return sentences.basis();
    }

    public boolean isRunning() {
        return view.running();
    }

    public String getDay() {
        return view.day().toString();
    }

    public String getDayText() {
        return view.running() ? words.text("period.today", words.day(view.day())) : words.dayWithYear(view.day());
    }

    public String getLatestDay() {
        return view.asOf().atZone(zone()).toLocalDate().toString();
    }

    /** Address of a day's page. */
    public String dayAddress(int daysAgo) {
        LocalDate latest = LocalDate.parse(getLatestDay());
        return place.to("today") + (daysAgo == 0 ? "" : "?day=" + latest.minusDays(daysAgo));
    }

    public String getPowerChart() {
        return charts.power();
    }

    public String getDifferenceChart() {
        return charts.differences();
    }

    public boolean isComparable() {
        return sentences.comparable();
    }

    /** The chart in one sentence, for those who do not see it. */
    public String getPowerSummary() {
        return view.peak()
                .map(peak -> words.text(
                        "today.power.summary",
                        words.number(DayCharts.power(peak), 0),
                        words.time(peak.start(), zone()),
                        zone().getId(),
                        view.profile().size()))
                .orElseGet(() -> words.text("today.power.summary.empty"));
    }

    public List<Figure> getFigures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(energy("today.electricity." + when(), "electricity", boundary("electricity")));
        if (view.running()) {
            figures.add(power());
        } else {
            figures.add(peak());
        }
        figures.add(
                view.sources().contains("gas")
                        ? energy("today.gas." + when(), "gas", boundary("gas"))
                        : view.running() ? peak() : meanPower());
        figures.add(coverage());
        return figures;
    }

    private Figure energy(String label, String source, Optional<MeterLine> boundary) {
        EnergyAmount day = view.sum(source, false);
        EnergyAmount before = view.sum(source, true);
        Optional<BigDecimal> difference =
                day.value().flatMap(now -> before.value().map(now::subtract));
        String strong = difference
                .filter(kwh -> sentences.comparable())
                .map(kwh -> (kwh.signum() >= 0 ? "▲ " : "▼ ") + words.number(kwh.abs(), 0) + " kWh")
                .orElse("");
        String note = strong.isEmpty()
                ? words.text("today.nocomparison")
                : words.text(
                        difference.orElse(BigDecimal.ZERO).signum() >= 0 ? "today.over" : "today.under",
                        sentences.weekday());
        return new Figure(
                words.text(label),
                day.value().map(kwh -> words.number(kwh, 0)).orElse("–"),
                "kWh",
                strong,
                note,
                difference.map(kwh -> kwh.signum() > 0 ? "warn" : "good").orElse("none"),
                trust(day),
                day.coverage() >= DayReader.WHOLE,
                boundary.map(this::address).orElse(""));
    }

    private Figure power() {
        boolean stale = view.newest()
                .map(at -> Duration.between(at, view.asOf()).compareTo(STALE) > 0)
                .orElse(true);
        String age = view.newest().map(at -> words.time(at, zone())).orElse("");
        String peak = view.peak()
                .map(point -> words.text(
                        "today.peak.note", words.number(DayCharts.power(point), 0), words.time(point.start(), zone())))
                .orElse("");
        boolean known = view.powerKw().isPresent();
        String strong = !known || !stale ? "" : words.text("today.power.old", age);
        return new Figure(
                words.text("today.power"),
                view.powerKw().map(kw -> words.number(kw, 0)).orElse("–"),
                "kW",
                strong,
                peak,
                stale ? "warn" : "none",
                known && !stale ? words.text("trust.signed") : words.text("trust.old"),
                known && !stale,
                place.to("evidence"));
    }

    private Figure peak() {
        return new Figure(
                words.text("today.peak"),
                view.peak()
                        .map(point -> words.number(DayCharts.power(point), 0))
                        .orElse("–"),
                "kW",
                "",
                view.peak()
                        .map(point -> words.text(
                                "today.peak.at", words.time(point.start(), zone()), words.time(point.end(), zone())))
                        .orElse(""),
                "none",
                trust(view.sum("electricity", false)),
                view.sum("electricity", false).coverage() >= DayReader.WHOLE,
                boundary("electricity").map(this::address).orElse(""));
    }

    private Figure meanPower() {
        EnergyAmount day = view.sum("electricity", false);
        Instant from = view.day().atStartOfDay(zone()).toInstant();
        double hours = Math.max(1, Duration.between(from, view.until()).toMinutes()) / 60.0;
        return new Figure(
                words.text("today.mean"),
                day.value()
                        .map(kwh -> words.number(BigDecimal.valueOf(kwh.doubleValue() / hours), 0))
                        .orElse("–"),
                "kW",
                "",
                words.text("today.mean.note"),
                "none",
                trust(day),
                day.coverage() >= DayReader.WHOLE,
                boundary("electricity").map(this::address).orElse(""));
    }

    private Figure coverage() {
        long whole = view.meters().stream()
                .filter(meter -> meter.day().coverage() >= DayReader.WHOLE)
                .count();
        return new Figure(
                words.text("today.data." + when()),
                words.percent(view.coverage()).replace(" %", ""),
                "%",
                "",
                words.text("today.data.note", whole, view.meters().size()),
                "none",
                words.text("trust.log", words.whole(view.logSize())),
                view.coverage() >= DayReader.WHOLE,
                place.to("evidence"));
    }

    public List<SourceBar> getSources() {
        BigDecimal all = view.sources().stream()
                .flatMap(source -> view.sum(source, false).value().stream())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return view.sources().stream()
                .map(source -> {
                    Optional<BigDecimal> energy = view.sum(source, false).value();
                    double share = all.signum() == 0
                            ? 0
                            : energy.orElse(BigDecimal.ZERO)
                                    .divide(all, 4, RoundingMode.HALF_EVEN)
                                    .doubleValue();
                    return new SourceBar(
                            source,
                            words.textOr("source." + source, source),
                            energy.map(kwh -> words.number(kwh, 0) + " kWh").orElse("–"),
                            words.number(BigDecimal.valueOf(share * 100), 0) + " %",
                            share * 100);
                })
                .toList();
    }

    public List<Row> getMeters() {
        return view.meters().stream().map(this::row).toList();
    }

    private Row row(MeterLine meter) {
        boolean whole = meter.day().coverage() >= DayReader.WHOLE;
        Optional<BigDecimal> difference = meter.difference().filter(kwh -> sentences.comparable());
        boolean notable = difference
                .flatMap(kwh -> meter.before()
                        .value()
                        .map(before -> kwh.doubleValue() > 0.1 * before.doubleValue() && kwh.doubleValue() > 10))
                .orElse(false);
        return new Row(
                meter.name(),
                meter.source(),
                !meter.boundary(),
                meter.register()
                        .map(shown ->
                                words.number(shown.value(), Math.min(shown.decimals(), 1)) + " " + unit(shown.unit()))
                        .orElse("–"),
                meter.day().value().map(kwh -> words.number(kwh, 0)).orElse("–"),
                meter.before().value().map(kwh -> words.number(kwh, 0)).orElse("–"),
                difference.map(words::signed).orElse("–"),
                notable ? "warn" : "none",
                words.percent(meter.day().coverage()),
                whole,
                evidence(meter),
                whole || !meter.gaps().isEmpty(),
                address(meter));
    }

    private String evidence(MeterLine meter) {
        if (meter.day().coverage() < DayReader.WHOLE) {
            return words.text(meter.gaps().isEmpty() ? "trust.incomplete" : "trust.gap");
        }
        return meter.register()
                .map(shown -> words.text("trust.log", words.whole(shown.logIndex())))
                .orElseGet(() -> words.text("trust.proved"));
    }

    /** How many meters are complete, and the first that is not, with its cause. */
    public String getMetersNote() {
        long whole = view.meters().stream()
                .filter(meter -> meter.day().coverage() >= DayReader.WHOLE)
                .count();
        return words.text("meters.complete", whole, view.meters().size());
    }

    public String getGapNote() {
        return view.meters().stream()
                .filter(meter -> !meter.gaps().isEmpty())
                .findFirst()
                .map(meter -> {
                    StoredGap gap = meter.gaps().get(meter.gaps().size() - 1);
                    return words.text(
                            "meters.gap",
                            meter.name(),
                            words.time(gap.from(), zone()),
                            words.time(gap.to(), zone()),
                            DayCharts.cause(gap));
                })
                .orElse("");
    }

    public boolean isHistoryComing() {
        Progress progress = view.progress();
        return progress.expectedHours() > 24 && progress.share() < HISTORY_IN;
    }

    public int getHistoryPercent() {
        return (int) Math.floor(view.progress().share() * 100);
    }

    public String getHistoryText() {
        Progress progress = view.progress();
        return words.text(
                "history.text",
                words.percent(progress.share()),
                words.whole(progress.coveredHours()),
                words.whole(progress.expectedHours()));
    }

    public String getIdentity() {
        return words.text(
                "ingest.identity",
                words.whole(view.ingest().sent()),
                words.whole(view.ingest().stored()),
                words.whole(view.ingest().duplicate()),
                words.whole(view.ingest().quarantined()),
                words.whole(view.ingest().inFlight()));
    }

    /** ISO 8601, for the age that the page counts; empty before the first receipt. */
    public String getLastReceipt() {
        return view.lastReceipt().map(Instant::toString).orElse("");
    }

    private String trust(EnergyAmount amount) {
        return amount.coverage() >= DayReader.WHOLE
                ? words.text("trust.proved")
                : words.text("trust.part", words.percent(amount.coverage()));
    }

    private Optional<MeterLine> boundary(String source) {
        return view.meters().stream()
                .filter(meter -> meter.boundary() && meter.source().equals(source))
                .findFirst();
    }

    private String address(MeterLine meter) {
        return place.to("figure") + "?channel=" + meter.channel() + "&day=" + view.day();
    }

    private String when() {
        return view.running() ? "running" : "past";
    }

    private ZoneId zone() {
        return view.site().zone();
    }

    static String unit(String unit) {
        return unit.equals("m3") ? "m³" : unit.equals("degC") ? "°C" : unit;
    }
}
