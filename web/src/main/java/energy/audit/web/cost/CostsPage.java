package energy.audit.web.cost;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.carbon.EmissionFactor.Basis;
import energy.audit.analysis.carbon.EmissionFactor.Scope;
import energy.audit.analysis.carbon.Emissions;
import energy.audit.analysis.cost.Bill;
import energy.audit.analysis.register.Quality;
import energy.audit.carbon.Carbon;
import energy.audit.carbon.SiteEmissions;
import energy.audit.cost.Costs;
import energy.audit.cost.SupplyCost;
import energy.audit.factor.Factors;
import energy.audit.factor.LoggedTable;
import energy.audit.kernel.LogSize;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Query;
import energy.audit.web.shell.Figure;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a site's energy costs and emits, by which prices and factors, and the form that changes them. */
@Named("costs")
@RequestScoped
public class CostsPage {
    private final Words words;
    private final Place place;
    private final LocalDate today;
    private final LocalDate first;
    private final LocalDate last;
    private final CostView view;

    @Inject
    CostsPage(
            Words words,
            Shell shell,
            Entrance entrance,
            Access access,
            Costs costs,
            Carbon carbon,
            Factors factors,
            Clock clock,
            HttpServletRequest request) {
        this.words = words;
        this.place = shell.place();
        this.today = clock.instant().atZone(place.here().zone()).toLocalDate();
        this.last = day("to", request.getParameter("to"), today.minusDays(1));
        this.first =
                day("from", request.getParameter("from"), last.withDayOfMonth(1).minusMonths(11));
        this.view = entrance.in(
                place.tenant(),
                () -> new CostView(
                        costs.of(place.here().id(), first, last),
                        carbon.of(place.here().id(), first, last),
                        factors.versions(LogSize.NEWEST),
                        access.may(Permission.ENTER_FACTORS)));
    }

    private static LocalDate day(String name, @Nullable String text, LocalDate otherwise) {
        return text == null || text.isBlank() ? otherwise : Query.date(name, text);
    }

    /** A line of a bill. */
    public record BillRow(
            String month,
            String source,
            String sourceText,
            String line,
            String quantity,
            String price,
            String amount) {}

    /** Emissions of one source, stretch and factor. */
    public record EmissionRow(
            String period,
            String source,
            String sourceText,
            String scope,
            String energy,
            String factor,
            String from,
            String tonnes,
            boolean whole) {}

    /** Energy and emissions for each unit of something. */
    public record IntensityRow(String per, String amount, String energy, String carbon) {}

    /** A version of a table. */
    public record TableRow(
            String id, String what, String csv, String reason, String by, String entry, String state, boolean holds) {}

    public String getHeadline() {
        Optional<BigDecimal> carbon = view.total(Scope.SCOPE_1, Basis.ACTIVITY)
                .map(Emissions.Total::kgCo2e)
                .map(kg -> kg.add(view.total(Scope.SCOPE_2, Basis.LOCATION)
                        .map(Emissions.Total::kgCo2e)
                        .orElse(BigDecimal.ZERO)))
                .or(() -> view.total(Scope.SCOPE_2, Basis.LOCATION).map(Emissions.Total::kgCo2e));
        String cost = cost();
        if (cost.isEmpty() && carbon.isEmpty()) {
            return words.text("costs.headline.none", place.here().name());
        }
        return cost.isEmpty()
                ? words.text("costs.headline.carbon", tonnes(carbon.orElseThrow()))
                : carbon.isEmpty()
                        ? words.text("costs.headline.cost", cost)
                        : words.text("costs.headline", cost, tonnes(carbon.get()));
    }

    private String cost() {
        List<String> sums = new ArrayList<>();
        for (Map.Entry<String, BigDecimal> total : view.totals().entrySet()) {
            sums.add(words.number(total.getValue(), 0) + " " + total.getKey());
        }
        return String.join(" + ", sums);
    }

    private String tonnes(BigDecimal kg) {
        return words.number(kg.movePointLeft(3), 1);
    }

    public String getBasis() {
        return words.text(
                "costs.basis",
                words.dayWithYear(first),
                words.dayWithYear(last),
                place.here().zone().getId());
    }

    public String getFrom() {
        return first.toString();
    }

    public String getTo() {
        return last.toString();
    }

    public String getLatestDay() {
        return today.toString();
    }

    public List<Figure> getFigures() {
        List<Figure> figures = new ArrayList<>();
        for (Map.Entry<String, BigDecimal> total : view.totals().entrySet()) {
            figures.add(new Figure(
                    words.text("costs.cost"),
                    words.number(total.getValue(), 0),
                    total.getKey(),
                    "",
                    words.text(view.whole() ? "costs.cost.whole" : "costs.cost.part"),
                    view.whole() ? "none" : "warn",
                    words.text(view.whole() ? "costs.billed" : "costs.partly"),
                    view.whole(),
                    ""));
        }
        figure("scope1", Scope.SCOPE_1, Basis.ACTIVITY).ifPresent(figures::add);
        figure("location", Scope.SCOPE_2, Basis.LOCATION).ifPresent(figures::add);
        figure("market", Scope.SCOPE_2, Basis.MARKET).ifPresent(figures::add);
        return figures;
    }

    private Optional<Figure> figure(String name, Scope scope, Basis basis) {
        return view.total(scope, basis).map(total -> {
            boolean whole = total.quality().compareTo(Quality.PARTIAL) < 0;
            return new Figure(
                    words.text("costs." + name),
                    tonnes(total.kgCo2e()),
                    "t CO₂e",
                    "",
                    words.text("costs." + name + ".note"),
                    "none",
                    words.text("quality." + total.quality().name()),
                    whole,
                    "");
        });
    }

    /** What is not in the figures, each in a sentence. */
    public List<String> getLacks() {
        List<String> lacks = new ArrayList<>();
        for (SupplyCost cost : view.costs()) {
            String source = source(cost.source());
            if (cost.bill().isEmpty()) {
                lacks.add(words.text("costs.lack.tariff", source));
            } else if (!cost.uncovered().isEmpty()) {
                lacks.add(words.text(
                        "costs.lack.days",
                        source,
                        words.whole(cost.uncovered().size()),
                        words.dayWithYear(cost.uncovered().get(0))));
            }
            if (cost.missing() > 0) {
                lacks.add(words.text("costs.lack.missing", source, words.whole(cost.missing())));
            }
        }
        view.emissions()
                .ifPresent(site -> site.emissions()
                        .gaps()
                        .forEach(gap -> lacks.add(words.text(
                                "costs.lack." + gap.lack().name(),
                                source(gap.activity().activity()),
                                words.dayWithYear(gap.activity().from()),
                                words.dayWithYear(gap.activity().until().minusDays(1))))));
        return lacks;
    }

    /** Cost of each month by source, as bars. */
    public String getChart() {
        JsonArrayBuilder labels = Json.createArrayBuilder();
        List<YearMonth> months = view.months();
        months.forEach(month -> labels.add(month.toString()));
        JsonArrayBuilder series = Json.createArrayBuilder();
        for (SupplyCost cost : view.costs()) {
            Optional<Bill> bill = cost.bill();
            if (bill.isPresent()) {
                JsonArrayBuilder values = Json.createArrayBuilder();
                months.forEach(
                        month -> values.add(CostView.ofMonth(bill.get(), month).setScale(2, RoundingMode.HALF_EVEN)));
                series.add(Json.createObjectBuilder()
                        .add("role", "part")
                        .add("source", cost.source())
                        .add("name", source(cost.source()))
                        .add("values", values));
            }
        }
        return Json.createObjectBuilder()
                .add("kind", "bars")
                .add("unit", getCurrency())
                .add("zone", place.here().zone().getId())
                .add("language", words.getLocale().toLanguageTag())
                .add("file", place.here().id() + "-" + first + "-" + last + "-cost")
                .add("timeLabel", words.text("costs.month"))
                .add("labels", labels)
                .add("series", series)
                .build()
                .toString();
    }

    public String getCurrency() {
        return String.join(", ", view.totals().keySet());
    }

    public String getVacant() {
        return view.months().isEmpty()
                ? words.text("costs.headline.none", place.here().name())
                : "";
    }

    public List<BillRow> getBill() {
        List<BillRow> rows = new ArrayList<>();
        for (SupplyCost cost : view.costs()) {
            cost.bill()
                    .ifPresent(bill -> bill.lines()
                            .forEach(line -> rows.add(new BillRow(
                                    line.month().toString(),
                                    cost.source(),
                                    source(cost.source()),
                                    line.name().equals("standing charge") ? words.text("costs.standing") : line.name(),
                                    words.number(line.quantity(), line.unit().equals("days") ? 0 : 1) + " "
                                            + (line.unit().equals("days") ? words.text("costs.days") : line.unit()),
                                    line.price().toPlainString() + " "
                                            + bill.currency().getCurrencyCode(),
                                    words.number(line.amount(), 2)))));
        }
        rows.sort(Comparator.comparing(BillRow::month).reversed());
        return rows;
    }

    public List<EmissionRow> getEmissions() {
        return view.emissions().stream()
                .flatMap(site -> site.emissions().lines().stream())
                .sorted(Comparator.comparing(
                                (Emissions.Line line) -> line.activity().from())
                        .reversed())
                .map(line -> new EmissionRow(
                        words.dayWithYear(line.activity().from()) + " – "
                                + words.dayWithYear(line.activity().until().minusDays(1)),
                        line.activity().activity(),
                        source(line.activity().activity()),
                        words.text("costs.scope." + line.factor().scope().name() + "."
                                + line.factor().basis().name()),
                        words.number(line.activity().amount().orElseThrow(), 0) + " kWh",
                        line.factor().kgCo2ePerUnit().toPlainString(),
                        line.factor().source() + ", " + line.factor().edition() + " ("
                                + line.factor().gwpSet() + ")",
                        words.number(line.kgCo2e().movePointLeft(3), 2),
                        line.activity().quality().compareTo(Quality.PARTIAL) < 0))
                .toList();
    }

    public List<IntensityRow> getIntensities() {
        return view.emissions().stream()
                .flatMap(site -> site.intensities().stream())
                .map(this::row)
                .toList();
    }

    private IntensityRow row(SiteEmissions.Intensity intensity) {
        return new IntensityRow(
                words.textOr("costs.per." + intensity.per(), intensity.per()),
                intensity
                        .amount()
                        .map(amount -> words.number(amount, 1) + " " + intensity.unit())
                        .orElse("–"),
                intensity
                        .kwhPer()
                        .map(kwh -> words.number(kwh, 1) + " kWh/" + intensity.unit())
                        .orElse("–"),
                intensity
                        .kgCo2ePer()
                        .map(kg -> words.number(kg, 2) + " kg/" + intensity.unit())
                        .orElse("–"));
    }

    public List<TableRow> getTables() {
        return view.tables().stream()
                .filter(table -> table.site().map(place.here().id()::equals).orElse(true))
                .sorted(Comparator.comparing(LoggedTable::logIndex).reversed())
                .map(table -> new TableRow(
                        table.id(),
                        words.text("costs.kind." + table.kind().text(), source(table.energySource()), table.currency())
                                + (table.source().isEmpty() ? "" : ", " + table.source()),
                        table.csv(),
                        table.reason(),
                        table.by() + ", "
                                + words.moment(table.at(), place.here().zone()),
                        words.whole(table.logIndex()),
                        words.text(
                                table.withdrawn()
                                        ? "gaps.state.withdrawn"
                                        : table.inForce() ? "gaps.state.counts" : "gaps.state.replaced"),
                        table.inForce() && !table.withdrawn()))
                .toList();
    }

    private String source(String source) {
        return words.textOr("source." + source, source);
    }

    public boolean isMayEnter() {
        return view.mayEnter();
    }

    public String getSite() {
        return place.here().id().value();
    }

    public String getAddress() {
        return "/data/tenants/" + place.tenant() + "/factor-tables";
    }
}
