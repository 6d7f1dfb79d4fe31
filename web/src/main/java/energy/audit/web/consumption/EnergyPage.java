package energy.audit.web.consumption;

import energy.audit.access.Access;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.EnergyAmount;
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
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** "Where does the energy go?": by source and month, and by meter over the whole time shown. */
@Named("energy")
@RequestScoped
public class EnergyPage {
    private static final int MONTHS = 13;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM yy", Locale.ENGLISH);

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

    @Inject
    @SuppressWarnings("NullAway.Init")
    Clock clock;

    private final Map<YearMonth, List<SourceEnergy>> byMonth = new LinkedHashMap<>();
    private List<SourceEnergy> whole = List.of();

    /** A month of the table; one cell for each source, in the order of {@link #getSources}. */
    public record MonthRow(String month, List<Cell> cells) {}

    /** A figure with its trust. */
    public record Cell(String value, String trust, boolean complete) {}

    /** A meter over the whole time. */
    public record MeterRow(String name, String source, boolean sub, String value, String trust, boolean complete) {}

    @PostConstruct
    void load() {
        ZoneId zone = frame.site().zone();
        Instant now = clock.instant();
        YearMonth last = YearMonth.from(now.atZone(zone));
        access.inTenant(caller.caller(), frame.place().tenant(), () -> {
            for (YearMonth month = last.minusMonths(MONTHS - 1L); !month.isAfter(last); month = month.plusMonths(1)) {
                Instant from = month.atDay(1).atStartOfDay(zone).toInstant();
                Instant to = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
                byMonth.put(
                        month,
                        consumption.energyBySource(frame.place().site(), Period.of(from, to.isAfter(now) ? now : to)));
            }
            Instant begin =
                    last.minusMonths(MONTHS - 1L).atDay(1).atStartOfDay(zone).toInstant();
            whole = consumption.energyBySource(frame.place().site(), Period.of(begin, now));
        });
    }

    public List<String> getSources() {
        Set<String> sources = new LinkedHashSet<>();
        byMonth.values().forEach(list -> list.forEach(s -> sources.add(s.source())));
        return new ArrayList<>(sources);
    }

    public String getHeadline() {
        return whole.stream()
                .filter(s -> s.energyKwh().value().isPresent())
                .map(s -> Figures.number(mwh(s.energyKwh()), 0) + " MWh of " + s.source())
                .reduce((a, b) -> a + " and " + b)
                .map(text -> text + " in the last " + MONTHS + " months.")
                .orElse("No energy figure for the last " + MONTHS + " months yet.");
    }

    public String getChart() {
        ChartModel chart = new ChartModel(
                "columns",
                "MWh",
                true,
                byMonth.keySet().stream().map(MONTH::format).toList());
        for (String source : getSources()) {
            chart.with(
                    source,
                    source,
                    false,
                    byMonth.values().stream()
                            .map(list -> mwh(amount(list, source)))
                            .toList());
        }
        return chart.json();
    }

    public List<MonthRow> getMonths() {
        List<MonthRow> rows = new ArrayList<>();
        byMonth.forEach((month, list) -> rows.add(new MonthRow(
                MONTH.format(month),
                getSources().stream().map(source -> cell(amount(list, source))).toList())));
        return rows;
    }

    public List<MeterRow> getMeters() {
        return whole.stream()
                .flatMap(s -> s.meters().stream()
                        .map(m -> new MeterRow(
                                m.name(),
                                s.source(),
                                !m.boundary(),
                                Figures.number(m.energyKwh().value(), 0),
                                Figures.trust(m.energyKwh()),
                                Figures.complete(m.energyKwh()))))
                .toList();
    }

    private static Cell cell(EnergyAmount amount) {
        return new Cell(Figures.number(amount.value(), 0), Figures.trust(amount), Figures.complete(amount));
    }

    private static EnergyAmount amount(List<SourceEnergy> list, String source) {
        return list.stream()
                .filter(s -> s.source().equals(source))
                .findFirst()
                .map(SourceEnergy::energyKwh)
                .orElse(new EnergyAmount(Optional.empty(), energy.audit.analysis.register.Quality.MISSING, 0));
    }

    private static Optional<BigDecimal> mwh(EnergyAmount amount) {
        return amount.value().map(kwh -> kwh.movePointLeft(3).setScale(1, RoundingMode.HALF_EVEN));
    }
}
