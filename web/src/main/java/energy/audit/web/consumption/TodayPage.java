package energy.audit.web.consumption;

import energy.audit.access.Access;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.EnergyAmount;
import energy.audit.consumption.ProfilePoint;
import energy.audit.consumption.Progress;
import energy.audit.consumption.SiteLive;
import energy.audit.consumption.SiteLive.ChannelLive;
import energy.audit.consumption.SiteLive.MeterLive;
import energy.audit.consumption.SourceEnergy;
import energy.audit.kernel.Period;
import energy.audit.web.place.Figures;
import energy.audit.web.place.PortalFrame;
import energy.audit.web.signin.CallerOfRequest;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** "Is anything wrong at this site now, and where does the energy go?" */
@Named("today")
@RequestScoped
public class TodayPage {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final BigDecimal PER_HOUR = BigDecimal.valueOf(4);

    @Inject
    @SuppressWarnings("NullAway.Init")
    PortalFrame frame;

    @Inject
    @SuppressWarnings("NullAway.Init")
    CallerOfRequest caller;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Consumption consumption;

    @SuppressWarnings("NullAway.Init")
    private SiteLive live;

    @SuppressWarnings("NullAway.Init")
    private Progress progress;

    private List<ProfilePoint> today = List.of();
    private List<ProfilePoint> lastWeek = List.of();
    private List<SourceEnergy> sources = List.of();
    private LocalDate day = LocalDate.EPOCH;

    /** A line of the meter table. */
    public record MeterRow(
            String name,
            String source,
            boolean sub,
            String register,
            String today,
            String lastWeek,
            String difference,
            boolean more,
            String coverage,
            boolean complete,
            String log) {}

    /** Energy of a source so far today. */
    public record SourceRow(String source, String today, String trust, boolean complete) {}

    @PostConstruct
    void load() {
        access.inTenant(caller.caller(), frame.place().tenant(), () -> {
            live = consumption.live(frame.place().site());
            progress = consumption.progress();
            ZoneId zone = live.zone();
            day = live.asOf().atZone(zone).toLocalDate();
            today = consumption.dayProfile(frame.place().site(), day, "electricity");
            lastWeek = consumption.dayProfile(frame.place().site(), day.minusWeeks(1), "electricity");
            Instant midnight = day.atStartOfDay(zone).toInstant();
            if (live.asOf().isAfter(midnight)) {
                sources = consumption.energyBySource(frame.place().site(), Period.of(midnight, live.asOf()));
            }
        });
    }

    /** The answer as a sentence with the number in it. */
    public String getHeadline() {
        Optional<BigDecimal> change = change(live.todayKwh(), live.lastWeekKwh());
        if (live.todayKwh().value().isEmpty()) {
            return "No electricity figure for today yet: no register reading at midnight or now.";
        }
        String weekday = day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        if (change.isEmpty()) {
            return Figures.number(live.todayKwh().value(), 0) + " kWh of electricity so far today; last " + weekday
                    + " cannot be compared yet.";
        }
        long percent = change.get().setScale(0, RoundingMode.HALF_EVEN).longValue();
        if (Math.abs(percent) < 3) {
            return "Today is like last " + weekday + ": "
                    + Figures.number(live.todayKwh().value(), 0) + " kWh so far.";
        }
        String most = driver(percent > 0).map(name -> "; most of it " + name).orElse("");
        return Math.abs(percent) + " % " + (percent > 0 ? "more" : "less") + " electricity than last " + weekday
                + " by now" + most + ".";
    }

    /** The sub-meter that differs most in the direction of the whole. */
    private Optional<String> driver(boolean more) {
        return live.meters().stream()
                .filter(m ->
                        m.energySource().equals("electricity") && !m.parent().isEmpty())
                .filter(m -> m.todayKwh().value().isPresent()
                        && m.lastWeekKwh().value().isPresent())
                .max(Comparator.comparing(
                        m -> more ? difference(m) : difference(m).negate()))
                .filter(m -> difference(m).signum() == (more ? 1 : -1))
                .map(MeterLive::name);
    }

    private static BigDecimal difference(MeterLive meter) {
        return meter.todayKwh()
                .value()
                .orElse(BigDecimal.ZERO)
                .subtract(meter.lastWeekKwh().value().orElse(BigDecimal.ZERO));
    }

    private static Optional<BigDecimal> change(EnergyAmount now, EnergyAmount before) {
        if (now.value().isEmpty()
                || before.value().isEmpty()
                || before.value().get().signum() <= 0) {
            return Optional.empty();
        }
        return Optional.of(now.value()
                .get()
                .subtract(before.value().get())
                .multiply(BigDecimal.valueOf(100))
                .divide(before.value().get(), 4, RoundingMode.HALF_EVEN));
    }

    public String getTodayKwh() {
        return Figures.number(live.todayKwh().value(), 0);
    }

    public boolean isTodayKnown() {
        return live.todayKwh().value().isPresent();
    }

    public String getTodayTrust() {
        return Figures.trust(live.todayKwh());
    }

    public boolean isTodayComplete() {
        return Figures.complete(live.todayKwh());
    }

    public String getTodayBelow() {
        if (live.todayKwh().value().isEmpty() || live.lastWeekKwh().value().isEmpty()) {
            return "no figure for the same weekday last week";
        }
        BigDecimal more = live.todayKwh()
                .value()
                .get()
                .subtract(live.lastWeekKwh().value().get());
        return (more.signum() >= 0 ? "▲ " : "▼ ") + Figures.number(more.abs(), 0)
                + " kWh against the same weekday last week";
    }

    public String getPowerKw() {
        return Figures.number(live.powerKw(), 0);
    }

    public boolean isPowerKnown() {
        return live.powerKw().isPresent();
    }

    public String getPowerBelow() {
        return today.stream()
                .filter(p -> p.energyKwh().value().isPresent())
                .max(Comparator.comparing(p -> p.energyKwh().value().orElseThrow()))
                .map(p -> "peak today " + Figures.number(kw(p), 0) + " kW at "
                        + CLOCK.format(p.start().atZone(live.zone())) + " (15-minute mean)")
                .orElse("no quarter hour of today is complete yet");
    }

    public String getAge() {
        return live.newest()
                .map(at -> PortalFrame.age(java.time.Duration.between(at, live.asOf())) + " old")
                .orElse("no reading yet");
    }

    public SourceRow getGas() {
        return source("gas");
    }

    public String getCoverage() {
        return Figures.percent(live.todayKwh().coverage());
    }

    public String getCoverageBelow() {
        long complete = live.meters().stream()
                .filter(m -> Figures.complete(m.todayKwh()))
                .count();
        long energy = live.meters().stream()
                .filter(m -> m.todayKwh().value().isPresent() || m.todayKwh().coverage() > 0)
                .count();
        return complete + " of " + energy + " energy meters complete since midnight";
    }

    public List<SourceRow> getSources() {
        return sources.stream().map(s -> source(s.source())).toList();
    }

    private SourceRow source(String name) {
        return sources.stream()
                .filter(s -> s.source().equals(name))
                .findFirst()
                .map(s -> new SourceRow(
                        name,
                        Figures.number(s.energyKwh().value(), 0),
                        Figures.trust(s.energyKwh()),
                        Figures.complete(s.energyKwh())))
                .orElse(new SourceRow(name, "", "not metered here", false));
    }

    public List<MeterRow> getMeters() {
        return live.meters().stream()
                .filter(m -> m.values().stream().anyMatch(v -> register(v).isPresent()))
                .map(this::row)
                .toList();
    }

    private MeterRow row(MeterLive meter) {
        Optional<ChannelLive> counter =
                meter.values().stream().filter(v -> register(v).isPresent()).findFirst();
        boolean comparable = meter.todayKwh().value().isPresent()
                && meter.lastWeekKwh().value().isPresent();
        BigDecimal difference = comparable ? difference(meter) : BigDecimal.ZERO;
        return new MeterRow(
                meter.name(),
                meter.energySource(),
                !meter.parent().isEmpty(),
                counter.flatMap(TodayPage::register).orElse(""),
                meter.todayKwh().value().map(v -> Figures.number(v, 0)).orElse("no data"),
                meter.lastWeekKwh().value().map(v -> Figures.number(v, 0)).orElse("no data"),
                comparable ? (difference.signum() > 0 ? "+" : "") + Figures.number(difference, 0) : "",
                difference.signum() > 0,
                Figures.percent(meter.todayKwh().coverage()),
                Figures.complete(meter.todayKwh()),
                counter.map(c -> "log " + c.logIndex()).orElse(""));
    }

    private static Optional<String> register(ChannelLive value) {
        boolean counts = value.quantity().equals("active-energy-import")
                || value.quantity().equals("gas-volume");
        return counts ? value.value().map(v -> Figures.number(v, 1) + " " + value.unit()) : Optional.empty();
    }

    /** Power over the day against the same weekday last week: mean of each quarter hour, kW. */
    public String getPowerChart() {
        List<String> labels = new ArrayList<>();
        List<Optional<BigDecimal>> now = new ArrayList<>();
        List<Optional<BigDecimal>> before = new ArrayList<>();
        Map<LocalTime, ProfilePoint> todayAt = byTime(today);
        Map<LocalTime, ProfilePoint> lastWeekAt = byTime(lastWeek);
        for (int quarter = 0; quarter < 96; quarter++) {
            LocalTime at = LocalTime.MIDNIGHT.plusMinutes(15L * quarter);
            labels.add(CLOCK.format(at));
            now.add(Optional.ofNullable(todayAt.get(at))
                    .filter(p -> p.energyKwh().value().isPresent())
                    .map(TodayPage::kw));
            before.add(Optional.ofNullable(lastWeekAt.get(at))
                    .filter(p -> p.energyKwh().value().isPresent())
                    .map(TodayPage::kw));
        }
        return new ChartModel("line", "kW", false, labels)
                .with("same weekday last week", "soft", true, before)
                .with("today", "electricity", false, now)
                .json();
    }

    private Map<LocalTime, ProfilePoint> byTime(List<ProfilePoint> points) {
        Map<LocalTime, ProfilePoint> byTime = new HashMap<>();
        points.forEach(point -> byTime.put(point.start().atZone(live.zone()).toLocalTime(), point));
        return byTime;
    }

    private static BigDecimal kw(ProfilePoint point) {
        return point.energyKwh().value().orElseThrow().multiply(PER_HOUR).setScale(1, RoundingMode.HALF_EVEN);
    }

    /** What the power chart says, in words. */
    public String getPowerSummary() {
        return "Mean electric power of each quarter hour of " + day + " in "
                + live.zone().getId() + ", " + today.size() + " quarter hours so far. " + getPowerBelow() + ".";
    }

    /** Where today differs from last week, by sub-meter, kWh. */
    public String getDifferenceChart() {
        List<MeterLive> subs = live.meters().stream()
                .filter(m ->
                        m.energySource().equals("electricity") && !m.parent().isEmpty())
                .filter(m -> m.todayKwh().value().isPresent()
                        && m.lastWeekKwh().value().isPresent())
                .sorted(Comparator.comparing((MeterLive m) -> difference(m).abs())
                        .reversed())
                .limit(8)
                .toList();
        return new ChartModel(
                        "bars", "kWh", false, subs.stream().map(MeterLive::name).toList())
                .with(
                        "difference",
                        "gas",
                        false,
                        subs.stream()
                                .map(m -> Optional.of(difference(m).setScale(1, RoundingMode.HALF_EVEN)))
                                .toList())
                .json();
    }

    /** While history streams in. */
    public boolean isStreaming() {
        return progress.openHours() > 500 || progress.share() < 0.9 && progress.expectedHours() > 0;
    }

    public int getStreamedPercent() {
        return (int) Math.floor(progress.share() * 100);
    }

    public String getStreamedWords() {
        return "History is streaming in through the same door as live data: intervals derived for "
                + getStreamedPercent()
                + " % of the time since "
                + progress.from()
                        .map(at -> at.atZone(live.zone()).toLocalDate().toString())
                        .orElse("the start")
                + ", " + progress.openHours() + " hours of registers wait. Live figures are complete already.";
    }
}
