package energy.audit.performance;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.document.JsonText;
import energy.audit.analysis.enpi.BaselineFit;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.performance.CusumCourse;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.regression.NoModel;
import energy.audit.analysis.regression.Verdict;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.Resolution;
import energy.audit.evidence.wire.BaselineInput;
import energy.audit.evidence.wire.EnergyBaseline;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.StaticFactor;
import energy.audit.evidence.wire.ValueOrigin;
import energy.audit.evidence.wire.WorkflowDecision;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.log.EntryDraft;
import energy.audit.log.TenantLog;
import energy.audit.metering.Metering;
import energy.audit.metering.Site;
import energy.audit.performance.Baseline.Factor;
import energy.audit.performance.Baseline.State;
import energy.audit.tenancy.Tenancy;
import energy.audit.variables.Variables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Indicators, baselines, and savings of the current tenant. */
@ApplicationScoped
public class Performance {
    /** As whom reviews are opened that no person has opened. */
    private static final String OURSELVES = "performance";

    /** Intervals a reporting period must have before its means can put a model in question. */
    private static final int ENOUGH = 7;

    private final Tenancy tenancy;
    private final TenantLog log;
    private final Access access;
    private final Metering metering;
    private final Consumption consumption;
    private final Variables imports;
    private final Clock clock;

    @Inject
    public Performance(
            Tenancy tenancy,
            TenantLog log,
            Access access,
            Metering metering,
            Consumption consumption,
            Variables imports,
            Clock clock) {
        this.tenancy = tenancy;
        this.log = log;
        this.access = access;
        this.metering = metering;
        this.consumption = consumption;
        this.imports = imports;
        this.clock = clock;
    }

    /** Defines an indicator or its next version; what the newest version says already makes no new entry. */
    public EnpiDefinition define(EnpiDraft draft) {
        access.require(Permission.DEFINE_ENPI);
        DraftCheck check = new DraftCheck(draft, metering, imports);
        List<String> sources = check.energySources();
        log.lock();
        Optional<EnpiDefinition> newest = book().newest(draft.id());
        if (newest.isPresent() && newest.get().saysTheSameAs(draft)) {
            return newest.get();
        }
        var message = energy.audit.evidence.wire.EnpiDefinition.newBuilder()
                .setTenant(tenancy.current().value())
                .setId(draft.id())
                .setVersion(newest.map(EnpiDefinition::version).orElse(0) + 1)
                .setName(draft.name())
                .setSite(draft.site().value())
                .addAllEnergySources(sources)
                .setKind(draft.kind().text())
                .setStep(draft.step().text())
                .setUnit(EnpiDefinition.UNIT)
                .setFormula(draft.formula())
                .setReason(draft.reason());
        draft.channels().forEach(channel -> message.addChannels(channel.value()));
        draft.variables()
                .forEach(variable -> message.addVariables(energy.audit.evidence.wire.RelevantVariable.newBuilder()
                        .setId(variable.id())
                        .setOrigin(variable.source())
                        .setUnit(check.unit(variable))));
        log.append(new EntryDraft(
                EntryKind.ENPI_DEFINITION, access.actor(), message.build().toByteArray()));
        return book().newest(draft.id()).orElseThrow();
    }

    /** Every indicator and where it stands, as of a prefix of the log. */
    public List<Standing> standings(LogSize asKnownAt) {
        access.require(Permission.SEE);
        Book book = Book.read(log, asKnownAt);
        return book.ids().stream().map(book::standing).toList();
    }

    /** An indicator and where it stands. */
    public Standing standing(String id) {
        access.require(Permission.SEE);
        return book().standing(id);
    }

    /** All baselines there ever were, in log order. */
    public List<Baseline> baselines() {
        access.require(Permission.SEE);
        return book().baselines();
    }

    /**
     * Models over every combination of the indicator's variables that its kind allows.
     *
     * @param last included
     */
    public Ranking candidates(String id, LocalDate first, LocalDate last) {
        access.require(Permission.SEE);
        Standing standing = book().standing(id);
        EnpiDefinition enpi = standing.definition();
        List<PeriodRow> rows = Exclusions.applied(rows(enpi, first, last, LogSize.NEWEST), standing.excluded());
        List<String> all = enpi.variables().stream().map(RelevantVariable::id).toList();
        List<List<String>> choices = new ArrayList<>();
        if (enpi.kind() == ModelKind.LINEAR) {
            for (int chosen = 1; chosen < 1 << all.size(); chosen++) {
                List<String> choice = new ArrayList<>();
                for (int j = 0; j < all.size(); j++) {
                    if ((chosen & 1 << j) != 0) {
                        choice.add(all.get(j));
                    }
                }
                choices.add(choice);
            }
        } else {
            choices.add(all);
        }
        List<Ranking.Candidate> candidates = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (List<String> choice : choices) {
            try {
                candidates.add(new Ranking.Candidate(choice, Appraisal.fit(enpi, Appraisal.usable(rows), choice)));
            } catch (NoModel e) {
                refused.add(String.join(", ", choice) + ": " + e.reason());
            }
        }
        candidates.sort(
                Comparator.comparing((Ranking.Candidate c) -> !c.fit().verdict().valid())
                        .thenComparing(c ->
                                -c.fit().fit().map(f -> f.adjustedRSquared()).orElse(0.0))
                        .thenComparing(c -> c.variables().size()));
        return new Ranking(candidates, refused, Appraisal.leftOut(rows));
    }

    /**
     * Proposes a baseline: fits the model on a period and keeps its inputs.
     *
     * @param last included
     * @param variables ids of those the model is to use; empty: all
     * @return it, waiting for somebody else's approval
     */
    public Baseline propose(
            String id,
            LocalDate first,
            LocalDate last,
            List<String> variables,
            List<Factor> staticFactors,
            String reason) {
        access.require(Permission.DEFINE_ENPI);
        reasoned("baseline of " + id, reason);
        LogSize size = log.lock();
        Book book = book();
        Standing standing = book.standing(id);
        EnpiDefinition enpi = standing.definition();
        List<String> known = enpi.variables().stream().map(RelevantVariable::id).toList();
        List<String> chosen = variables.isEmpty() ? known : List.copyOf(variables);
        if (!known.containsAll(chosen)) {
            throw Refusal.invalid(
                    "UNKNOWN_VARIABLE",
                    "baseline of " + id + " over " + String.join(", ", chosen),
                    "the EnPI has the variables " + String.join(", ", known),
                    "Choose among them.");
        }
        List<PeriodRow> rows = Exclusions.applied(rows(enpi, first, last, size), standing.excluded());
        List<PeriodRow> usable = Appraisal.usable(rows);
        EnergyBaseline.Builder message = EnergyBaseline.newBuilder()
                .setTenant(tenancy.current().value())
                .setEnpi(id)
                .setEnpiVersion(enpi.version())
                .setVersion(book.baselinesOf(id) + 1)
                .setFirstDay(first.toString())
                .setLastDay(last.toString())
                .addAllVariables(chosen)
                .addAllLeftOut(Appraisal.leftOut(rows))
                .setModel(JsonText.of(fitted(enpi, usable, chosen).document()))
                .setLogSize(size.entries())
                .setReason(reason);
        staticFactors.forEach(factor -> message.addStaticFactors(
                StaticFactor.newBuilder().setName(factor.name()).setValue(factor.value())));
        for (PeriodRow row : usable) {
            BaselineInput.Builder input = BaselineInput.newBuilder()
                    .setFromMs(row.start().toEpochMilli())
                    .setToMs(row.end().toEpochMilli())
                    .setEnergy(row.energy().orElseThrow().toPlainString())
                    .setQuality(row.quality().name().toLowerCase(java.util.Locale.ROOT));
            for (String variable : chosen) {
                input.addValues(Optional.ofNullable(row.variables().get(variable))
                        .orElseThrow()
                        .toPlainString());
                input.addOrigins(
                        ValueOrigin.newBuilder().addAllEntries(row.origins().getOrDefault(variable, List.of())));
            }
            message.addInputs(input);
        }
        log.append(new EntryDraft(
                EntryKind.BASELINE, access.actor(), message.build().toByteArray()));
        return book().baseline(id + "-b" + message.getVersion());
    }

    private static BaselineFit fitted(EnpiDefinition enpi, List<PeriodRow> usable, List<String> variables) {
        try {
            return Appraisal.fit(enpi, usable, variables);
        } catch (NoModel e) {
            throw Refusal.conflict("NO_MODEL", "baseline of " + enpi.id(), e.reason(), "Choose another period.");
        }
    }

    /** Approves or rejects a proposed baseline; approved, it replaces the one before it and ends an open review. */
    public Baseline decide(String baselineId, boolean approve, String reason) {
        access.require(Permission.DECIDE_ENPI);
        reasoned("decision about " + baselineId, reason);
        log.lock();
        Book book = book();
        Baseline baseline = book.baseline(baselineId);
        if (baseline.state() != State.PROPOSED) {
            throw Refusal.conflict(
                    "DECIDED_ALREADY",
                    "baseline " + baselineId,
                    "it is " + baseline.state().name().toLowerCase(java.util.Locale.ROOT) + " and frozen",
                    "Propose a further version.");
        }
        if (approve && baseline.author().equals(access.actor())) {
            throw Refusal.forbidden(
                    "OWN_PROPOSAL",
                    "approval of baseline " + baselineId,
                    access.actor() + " has proposed it, and nobody approves an own proposal",
                    "Ask another energy manager or consultant of the tenant.");
        }
        EnpiDefinition enpi = book.standing(baseline.enpi()).definition();
        if (approve && enpi.version() != baseline.enpiVersion()) {
            throw Refusal.conflict(
                    "OTHER_VERSION",
                    "approval of baseline " + baselineId,
                    "it was fitted for version " + baseline.enpiVersion() + " of the EnPI, which is now at version "
                            + enpi.version(),
                    "Propose a baseline of the present version.");
        }
        append(WorkflowDecision.newBuilder()
                .setSubject(baselineId)
                .setDecision(approve ? Decision.APPROVED : Decision.REJECTED)
                .setReason(reason));
        return book().baseline(baselineId);
    }

    /** Records that a static factor has another value; opens a review. @param since first day of the new value */
    public Standing changeStaticFactor(String id, String factor, String value, LocalDate since, String reason) {
        access.require(Permission.DEFINE_ENPI);
        reasoned("change of " + factor, reason);
        log.lock();
        Standing standing = book().standing(id);
        Factor before = standing.factors().stream()
                .filter(each -> each.name().equals(factor))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "NO_STATIC_FACTOR",
                        "static factor '" + factor + "' of " + id,
                        "the baseline in force names "
                                + (standing.factors().isEmpty()
                                        ? "none"
                                        : String.join(
                                                ", ",
                                                standing.factors().stream()
                                                        .map(Factor::name)
                                                        .toList())),
                        "Name one of them, or propose a baseline that has it."));
        if (before.value().equals(value)) {
            throw Refusal.conflict(
                    "SAME_VALUE", "static factor '" + factor + "'", "it is '" + value + "' already", "Nothing to do.");
        }
        append(WorkflowDecision.newBuilder()
                .setSubject(Decision.ofEnpi(id))
                .setDecision(Decision.CHANGED)
                .setFactor(factor)
                .setBefore(before.value())
                .setAfter(value)
                .setSince(since.toString())
                .setReason(reason));
        openReview(
                id,
                "Static factor " + factor + " is " + value + " since " + since + ", was " + before.value() + ": "
                        + reason);
        return book().standing(id);
    }

    /**
     * Keeps an interval out of models that are fitted from now on, or takes it in again. What stands in a baseline already
     * stays there.
     *
     * @param day first day of the interval
     */
    public Standing exclude(String id, LocalDate day, boolean excluded, String reason) {
        access.require(Permission.DEFINE_ENPI);
        reasoned((excluded ? "exclusion of " : "readmission of ") + day, reason);
        log.lock();
        Standing standing = book().standing(id);
        Exclusions.check(standing, day, excluded, lastWhole(standing.definition()));
        append(WorkflowDecision.newBuilder()
                .setSubject(Decision.ofEnpi(id))
                .setDecision(excluded ? Decision.EXCLUDED : Decision.READMITTED)
                .setSince(day.toString())
                .setReason(reason));
        return book().standing(id);
    }

    /** Inputs of a baseline that lie far from its model or pull it towards themselves, by the rules of {@code Influence}. */
    public List<MarkedInput> marked(String baselineId) {
        access.require(Permission.SEE);
        Book book = book();
        Baseline baseline = book.baseline(baselineId);
        EnpiDefinition enpi = book.standing(baseline.enpi()).versions().stream()
                .filter(version -> version.version() == baseline.enpiVersion())
                .findFirst()
                .orElseThrow();
        return Exclusions.marked(
                Appraisal.fit(enpi, baseline),
                baseline,
                metering.site(enpi.site()).zone());
    }

    /** Ends a review that somebody else, or this program, has opened: the baseline in force still holds. */
    public Standing closeReview(String id, String reason) {
        access.require(Permission.DECIDE_ENPI);
        reasoned("end of the review of " + id, reason);
        log.lock();
        Decision review = book().standing(id)
                .review()
                .orElseThrow(() -> Refusal.conflict("NO_REVIEW", "review of " + id, "none is open", "Nothing to do."));
        if (review.person().equals(access.actor())
                || Decision.changersSinceDecided(book().standing(id).decisions())
                        .contains(access.actor())) {
            throw Refusal.forbidden(
                    "OWN_REVIEW",
                    "end of the review of " + id,
                    access.actor() + " has opened it, or recorded the change that it is about",
                    "Ask another energy manager or consultant of the tenant.");
        }
        append(WorkflowDecision.newBuilder()
                .setSubject(Decision.ofEnpi(id))
                .setDecision(Decision.CLOSED)
                .setReason(reason));
        return book().standing(id);
    }

    /** Days or months beside what the baseline in force expects. @param last included */
    public List<ExpectedRow> values(String id, LocalDate first, LocalDate last, LogSize asKnownAt) {
        access.require(Permission.SEE);
        Standing standing = Book.read(log, asKnownAt).standing(id);
        return Appraisal.expected(
                standing.definition(),
                rows(standing.definition(), first, last, asKnownAt),
                standing.inForce(),
                standing.inForce().map(b -> Appraisal.fit(standing.definition(), b)));
    }

    /** The running sum of actual minus expected, with what was decided and changed on the way. @param last included */
    public CusumCourse cusum(String id, LocalDate first, LocalDate last, LogSize asKnownAt) {
        access.require(Permission.SEE);
        Standing standing = Book.read(log, asKnownAt).standing(id);
        requireBaseline(standing);
        return Appraisal.cusum(
                values(id, first, last, asKnownAt),
                standing.decisions(),
                metering.site(standing.definition().site()).zone());
    }

    /** The model of the baseline in force, from its inputs. */
    public Optional<BaselineFit> model(String id) {
        access.require(Permission.SEE);
        Standing standing = book().standing(id);
        return standing.inForce().map(b -> Appraisal.fit(standing.definition(), b));
    }

    /**
     * Savings against the baseline in force.
     *
     * @param last included
     * @throws Refusal REVIEW_OPEN, NO_BASELINE_IN_FORCE or NO_STATISTICS: then there is no claim, and it says why
     */
    public Savings savings(String id, Method method, LocalDate first, LocalDate last, LogSize asKnownAt) {
        access.require(Permission.SEE);
        Standing standing = Book.read(log, asKnownAt).standing(id);
        EnpiDefinition enpi = standing.definition();
        Baseline baseline = requireBaseline(standing);
        standing.review().ifPresent(review -> {
            throw Refusal.conflict(
                    "REVIEW_OPEN",
                    "savings of " + id,
                    "a review is open since " + review.at() + ": " + review.reason(),
                    "Somebody other than " + review.person()
                            + " who may decide (energy manager or consultant) ends it, or approves a new baseline.");
        });
        if (!enpi.kind().regression()) {
            throw Refusal.conflict(
                    "NO_STATISTICS",
                    "savings of " + id,
                    "a model of kind " + enpi.kind().text()
                            + " has no statistics of fit, so its savings have no error bar",
                    "Define a linear or change-point version of the EnPI.");
        }
        if (!first.isAfter(baseline.last())) {
            throw Refusal.invalid(
                    "PERIODS_OVERLAP",
                    "reporting period from " + first,
                    "the baseline ends on " + baseline.last(),
                    "Begin after it.");
        }
        List<PeriodRow> rows = rows(enpi, first, last, asKnownAt);
        Site site = metering.site(enpi.site());
        if (Appraisal.usable(rows).isEmpty()) {
            throw Refusal.conflict(
                    "NO_DATA", "savings of " + id, "no interval has energy and all variables", "Choose other days.");
        }
        return new Savings(
                baseline,
                first,
                last,
                Appraisal.savings(
                        method,
                        enpi,
                        baseline,
                        Appraisal.fit(enpi, baseline),
                        Appraisal.usable(rows),
                        standing.decisions(),
                        site.zone()),
                Appraisal.leftOut(rows));
    }

    /** Looks whether the model in force may still be applied to what came after its baseline; opens a review if not. */
    public void examine(String id) {
        access.require(Permission.SEE);
        Standing standing = book().standing(id);
        Optional<Baseline> baseline = standing.inForce();
        if (baseline.isEmpty() || standing.review().isPresent() || closedSince(standing, baseline.get())) {
            return;
        }
        EnpiDefinition enpi = standing.definition();
        LocalDate first = baseline.get().last().plusDays(1);
        LocalDate last = lastWhole(enpi);
        if (!enpi.kind().regression() || first.isAfter(last)) {
            return;
        }
        List<PeriodRow> usable = Appraisal.usable(rows(enpi, first, last, LogSize.NEWEST));
        if (usable.size() < (enpi.step() == Resolution.MONTH ? 3 : ENOUGH)) {
            return;
        }
        Verdict verdict = Appraisal.application(
                Appraisal.fit(enpi, baseline.get()), usable, baseline.get().variables());
        if (!verdict.valid()) {
            log.lock();
            if (book().standing(id).review().isEmpty()) {
                openReview(id, String.join(" ", verdict.reasons()));
            }
        }
    }

    /** Somebody has looked at this model's failing and let it stand: it is not opened again every hour. */
    private static boolean closedSince(Standing standing, Baseline baseline) {
        return standing.decisions().stream()
                .anyMatch(d -> d.what().equals(Decision.CLOSED) && d.logIndex() > baseline.logIndex());
    }

    /** The last day or month's last day that is over, in the site's zone. */
    public LocalDate lastWhole(EnpiDefinition enpi) {
        access.require(Permission.SEE);
        LocalDate today =
                clock.instant().atZone(metering.site(enpi.site()).zone()).toLocalDate();
        return enpi.step() == Resolution.MONTH ? today.withDayOfMonth(1).minusDays(1) : today.minusDays(1);
    }

    private void openReview(String id, String why) {
        access.asSystem(
                OURSELVES,
                tenancy.current(),
                () -> append(WorkflowDecision.newBuilder()
                        .setSubject(Decision.ofEnpi(id))
                        .setDecision(Decision.OPENED)
                        .setReason(why)));
    }

    private long append(WorkflowDecision.Builder decision) {
        return log.append(new EntryDraft(
                EntryKind.WORKFLOW_DECISION, access.actor(), decision.build().toByteArray()));
    }

    private List<PeriodRow> rows(EnpiDefinition enpi, LocalDate first, LocalDate last, LogSize at) {
        LocalDate end = last.isAfter(lastWhole(enpi)) ? lastWhole(enpi) : last;
        return new PeriodReader(
                        consumption, imports, enpi, metering.site(enpi.site()).zone(), at)
                .rows(first, end);
    }

    private static Baseline requireBaseline(Standing standing) {
        return standing.inForce()
                .orElseThrow(() -> Refusal.conflict(
                        "NO_BASELINE_IN_FORCE",
                        "EnPI " + standing.definition().id(),
                        "no baseline of version " + standing.definition().version() + " is approved",
                        "Propose one, and have somebody else approve it."));
    }

    private Book book() {
        return Book.read(log, LogSize.NEWEST);
    }

    private static void reasoned(String what, String reason) {
        if (reason.isBlank()) {
            throw Refusal.invalid("NO_REASON", what, "it has no reason", "Say why; it stays in the log for ever.");
        }
    }
}
