package energy.audit.web.performance;

import energy.audit.access.Access;
import energy.audit.analysis.document.JsonText;
import energy.audit.analysis.document.SavingsFigures;
import energy.audit.analysis.performance.CusumCourse;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.regression.Coefficient;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.performance.Baseline;
import energy.audit.performance.EnpiDefinition;
import energy.audit.performance.ExpectedRow;
import energy.audit.performance.Performance;
import energy.audit.performance.Ranking;
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
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An indicator: actual against expected, CUSUM, the model, savings with their error bar, and what was decided. */
@Named("enpi")
@RequestScoped
public class EnpiPage {
    private final Words words;
    private final Place place;
    private final ZoneId zone;
    private final EnpiView.Question question;
    private final EnpiView view;
    private final EnpiCharts charts;

    @Inject
    EnpiPage(
            Words words,
            Shell shell,
            Entrance entrance,
            Access access,
            Performance performance,
            HttpServletRequest request) {
        this.words = words;
        this.place = shell.place();
        this.zone = place.here().zone();
        this.question = new EnpiView.Question(
                Query.needed("id", request.getParameter("id")),
                EnpisResource.method(
                        Optional.ofNullable(request.getParameter("method")).orElse("forecast")),
                date(request, "from"),
                date(request, "to"),
                date(request, "fitFrom"),
                date(request, "fitTo"));
        this.view = entrance.in(place.tenant(), () -> EnpiView.read(performance, access, question));
        this.charts = new EnpiCharts(words, zone, question.id());
    }

    private static Optional<LocalDate> date(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name))
                .filter(text -> !text.isBlank())
                .map(text -> Query.date(name, text));
    }

    /** A name and what it is. */
    public record Fact(String name, String value, String note) {}

    /** A baseline in words; {@code decide} is the address of its decision, empty when there is none to take. */
    public record BaselineRow(
            String id, String period, String author, String state, String decided, String reason, String decide) {}

    /** A model that could be proposed. */
    public record CandidateRow(String variables, String ids, String fit, boolean valid, String words) {}

    public String getName() {
        return enpi().name();
    }

    public String getId() {
        return question.id();
    }

    private EnpiDefinition enpi() {
        return view.standing().definition();
    }

    public String getHeadline() {
        if (view.standing().review().isPresent()) {
            return words.text("enpi.headline.review", getName());
        }
        if (view.standing().inForce().isEmpty()) {
            return words.text("enpi.headline.nobaseline", getName());
        }
        return view.savings()
                .map(savings -> {
                    if (!savings.figures().verdict().valid()) {
                        return words.text("enpi.headline.invalid", getName());
                    }
                    var result = savings.figures().performance();
                    // also where the error bar cannot be told
                    if (!(result.uncertainty().absolute() < Math.abs(result.savings()))) {
                        return words.text("enpi.headline.same", getName());
                    }
                    double percent = result.improvementPercent();
                    return words.text(
                            percent >= 0 ? "enpi.headline.better" : "enpi.headline.worse",
                            getName(),
                            words.number(BigDecimal.valueOf(Math.abs(percent)), 1));
                })
                .orElseGet(() -> words.text("enpi.headline.noclaim", getName()));
    }

    public String getBasis() {
        return words.text(
                "enpi.basis",
                PerformancePage.kind(words, enpi().kind()),
                String.join(", ", enpi().channels().stream().map(c -> c.meter()).toList()),
                String.valueOf(enpi().version()),
                words.dayWithYear(view.first()),
                words.dayWithYear(view.last()));
    }

    /** Why there is no claim, and who must decide; empty where there is one. */
    public String getNoClaim() {
        return view.noClaim()
                .map(refusal -> refusal.why() + ". " + refusal.nextStep())
                .orElse("");
    }

    public boolean isClaimed() {
        return view.savings().filter(s -> s.figures().verdict().valid()).isPresent();
    }

    /** One sentence with its number for each rule that fails, where savings were calculated and carry no claim. */
    public List<String> getAgainst() {
        return view.savings().map(s -> s.figures().verdict().reasons()).orElse(List.of());
    }

    /** The very digits of REST and of the command. */
    public List<Fact> getSavings() {
        if (!isClaimed()) {
            return List.of();
        }
        var performance = view.savings().orElseThrow().figures().performance();
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact(
                        words.text("enpi.savings"),
                        digits(performance.savings()) + " kWh",
                        "± " + digits(performance.uncertainty().absolute()) + " kWh"),
                new Fact(words.text("enpi.adjusted"), digits(performance.adjustedBaseline()) + " kWh", ""),
                new Fact(words.text("enpi.actual"), digits(performance.actual()) + " kWh", ""),
                new Fact(words.text("enpi.senpi"), digits(performance.senpi()), ""),
                new Fact(words.text("enpi.improvement"), digits(performance.improvementPercent()) + " %", "")));
        view.savings()
                .flatMap(savings -> savings.figures().adjusted())
                .ifPresent(with -> facts.add(new Fact(
                        words.text("enpi.after"),
                        digits(with.savings()) + " kWh, " + digits(with.improvementPercent()) + " %",
                        words.text(
                                "enpi.adjusted.note",
                                with.counted().size(),
                                with.waiting().size()))));
        return facts;
    }

    public List<String> getMeaning() {
        return isClaimed() ? view.savings().orElseThrow().figures().meaning() : List.of();
    }

    public List<String> getLeftOut() {
        return view.rows().stream()
                .map(ExpectedRow::row)
                .filter(row -> !row.usable())
                .map(row -> words.dayWithYear(row.day()) + ": " + row.leftOut())
                .toList();
    }

    public List<Shell.Link> getMethods() {
        List<Shell.Link> methods = new ArrayList<>();
        for (Method method : List.of(Method.FORECAST, Method.BACKCAST, Method.CHAINING, Method.STANDARD_CONDITIONS)) {
            String name = SavingsFigures.name(method);
            methods.add(new Shell.Link(words.text("enpi.method." + name), name, "", method == question.method()));
        }
        return methods;
    }

    public String getFrom() {
        return view.first().toString();
    }

    public String getTo() {
        return view.last().toString();
    }

    public String getFitFrom() {
        return question.fitFirst()
                .orElseGet(() -> view.standing().inForce().map(Baseline::first).orElse(view.first()))
                .toString();
    }

    public String getFitTo() {
        return question.fitLast()
                .orElseGet(() -> view.standing().inForce().map(Baseline::last).orElse(view.last()))
                .toString();
    }

    public boolean isModelled() {
        return view.model().isPresent();
    }

    public boolean isModelValid() {
        return view.model().filter(m -> m.verdict().valid()).isPresent();
    }

    public List<String> getModelReasons() {
        return view.model().map(m -> m.verdict().reasons()).orElse(List.of());
    }

    /** Statistics of the model with all their digits. */
    public List<Fact> getModel() {
        Optional<LinearFit> fit = view.model().flatMap(m -> m.fit());
        List<Fact> facts = new ArrayList<>();
        fit.ifPresent(model -> {
            model.intercept().ifPresent(c -> facts.add(coefficient(words.text("enpi.model.intercept"), c)));
            model.slopes().forEach(c -> facts.add(coefficient(c.name(), c)));
            facts.add(new Fact("n", String.valueOf(model.observations()), ""));
            facts.add(new Fact("R²", digits(model.rSquared()), words.text("enpi.model.rsquared")));
            facts.add(new Fact("p(F)", digits(model.fPValue()), words.text("enpi.model.f")));
            facts.add(new Fact("CV(RMSE)", digits(model.cvRmse()), words.text("enpi.model.cvrmse")));
            facts.add(new Fact("NMBE", digits(model.nmbe()), words.text("enpi.model.nmbe")));
            facts.add(new Fact("ρ", digits(model.autocorrelationLag1()), words.text("enpi.model.rho")));
        });
        return facts;
    }

    private Fact coefficient(String name, Coefficient c) {
        return new Fact(name, digits(c.estimate()), "± " + digits(c.standardError()) + ", p = " + digits(c.p()));
    }

    public List<BaselineRow> getHistory() {
        return view.standing().history().stream()
                .map(b -> new BaselineRow(
                        b.id(),
                        words.dayWithYear(b.first()) + " – " + words.dayWithYear(b.last()),
                        b.author() + ", " + words.moment(b.at(), zone),
                        words.text("enpi.baseline." + b.state().name()),
                        b.decision()
                                .map(d -> d.person() + ", " + words.moment(d.at(), zone))
                                .orElse("–"),
                        b.decision().map(d -> d.reason()).orElse(b.reason()),
                        view.mayDecide() && b.state() == Baseline.State.PROPOSED ? data("baselines/" + b.id()) : ""))
                .toList();
    }

    /** Whether the person at the page has proposed what waits, and so cannot approve it. */
    public boolean isOwnProposal() {
        return view.standing().history().stream()
                .anyMatch(
                        b -> b.state() == Baseline.State.PROPOSED && b.author().equals(view.actor()));
    }

    public List<Fact> getFactors() {
        return view.standing().factors().stream()
                .map(f -> new Fact(f.name(), f.value(), ""))
                .toList();
    }

    public List<Fact> getDecisions() {
        List<Fact> decisions = new ArrayList<>();
        view.standing()
                .decisions()
                .forEach(d -> decisions.add(
                        0,
                        new Fact(
                                words.moment(d.at(), zone) + ", " + d.person(),
                                words.textOr("enpi.decision." + d.what(), d.what()) + " " + d.subject()
                                        + (d.what().startsWith("point-")
                                                ? ", " + words.dayWithYear(LocalDate.parse(d.since()))
                                                : ""),
                                d.reason())));
        return decisions;
    }

    public List<CandidateRow> getCandidates() {
        return view.ranking().map(Ranking::candidates).orElse(List.of()).stream()
                .map(c -> new CandidateRow(
                        c.variables().isEmpty() ? "–" : String.join(", ", c.variables()),
                        String.join(",", c.variables()),
                        c.fit().fit().map(f -> "R² " + digits(f.rSquared())).orElse("–"),
                        c.fit().verdict().valid(),
                        c.fit().verdict().valid()
                                ? words.text("enpi.valid")
                                : String.join(" ", c.fit().verdict().reasons())))
                .toList();
    }

    public List<String> getRefused() {
        return view.ranking().map(Ranking::refused).orElse(List.of());
    }

    public boolean isMayDefine() {
        return view.mayDefine();
    }

    public boolean isMayClose() {
        return view.mayDecide() && view.standing().review().isPresent();
    }

    public String getListAddress() {
        return place.to("performance");
    }

    public String getProposeAddress() {
        return data("baselines");
    }

    public String getFactorAddress() {
        return data("enpis/" + getId() + "/static-factors");
    }

    public String getCloseAddress() {
        return data("enpis/" + getId() + "/review/close");
    }

    private String data(String path) {
        return "/data/tenants/" + place.tenant() + "/" + path;
    }

    public String getChart() {
        return charts.actualAgainstExpected(
                view.rows(), view.standing().excluded().keySet());
    }

    public String getCusum() {
        return charts.cusum(view.cusum().map(CusumCourse::points).orElse(List.of()));
    }

    public String getCusumSummary() {
        return view.cusum()
                .filter(c -> !c.points().isEmpty())
                .map(c -> words.text(
                        "enpi.cusum.summary",
                        words.signed(BigDecimal.valueOf(
                                c.points().get(c.points().size() - 1).sum()))))
                .orElse("");
    }

    public String getCusumVacant() {
        return getCusumSummary().isEmpty() ? words.text("enpi.cusum.none") : "";
    }

    /** As REST and the command write a number. */
    private static String digits(double value) {
        return JsonText.of(value);
    }
}
