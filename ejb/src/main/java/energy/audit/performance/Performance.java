package energy.audit.performance;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.enpi.BaselineFit;
import energy.audit.analysis.performance.CusumCourse;
import energy.audit.analysis.performance.Method;
import energy.audit.consumption.Consumption;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.log.EntryDraft;
import energy.audit.log.TenantLog;
import energy.audit.metering.Metering;
import energy.audit.performance.Baseline.Factor;
import energy.audit.tenancy.Tenancy;
import energy.audit.variables.Variables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Indicators, baselines, and savings of the current tenant. */
@ApplicationScoped
public class Performance {
    private final Tenancy tenancy;
    private final TenantLog log;
    private final Access access;
    private final Metering metering;
    private final Variables imports;
    private final IntervalRows rows;
    private final Models models;
    private final Reviews reviews;
    private final Adjustments adjustments;

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
        this.imports = imports;
        this.rows = new IntervalRows(consumption, imports, metering, clock);
        Decisions decisions = new Decisions(log, access);
        this.models = new Models(tenancy, log, access, rows, decisions);
        this.reviews = new Reviews(tenancy, log, access, rows, decisions);
        this.adjustments = new Adjustments(log, access, rows, decisions);
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
        return models.candidates(id, first, last);
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
        return models.propose(id, first, last, variables, staticFactors, reason);
    }

    /** Approves or rejects a proposed baseline; approved, it replaces the one before it and ends an open review. */
    public Baseline decide(String baselineId, boolean approve, String reason) {
        access.require(Permission.DECIDE_ENPI);
        return models.decide(baselineId, approve, reason);
    }

    /** Records that a static factor has another value; opens a review. @param since first day of the new value */
    public Standing changeStaticFactor(String id, String factor, String value, LocalDate since, String reason) {
        access.require(Permission.DEFINE_ENPI);
        return reviews.changeStaticFactor(id, factor, value, since, reason);
    }

    /**
     * Keeps an interval out of models that are fitted from now on, or takes it in again. What stands in a baseline already
     * stays there.
     *
     * @param day first day of the interval
     */
    public Standing exclude(String id, LocalDate day, boolean excluded, String reason) {
        access.require(Permission.DEFINE_ENPI);
        return reviews.exclude(id, day, excluded, reason);
    }

    /** Inputs of a baseline that lie far from its model or pull it towards themselves, by the rules of {@code Influence}. */
    public List<MarkedInput> marked(String baselineId) {
        access.require(Permission.SEE);
        return models.marked(baselineId);
    }

    /** Ends a review that somebody else, or this program, has opened: the baseline in force still holds. */
    public Standing closeReview(String id, String reason) {
        access.require(Permission.DECIDE_ENPI);
        return reviews.closeReview(id, reason);
    }

    /**
     * Proposes a non-routine adjustment of the baseline in force; it counts for nothing until somebody else approves it.
     *
     * @param kwh added to the adjusted baseline over all the days; negative takes away
     * @param last included
     * @param what happened
     * @param reason how the kWh were calculated
     */
    public Adjustment proposeAdjustment(
            String id, BigDecimal kwh, LocalDate first, LocalDate last, String what, String reason) {
        access.require(Permission.DEFINE_ENPI);
        return adjustments.propose(id, kwh, first, last, what, reason);
    }

    /** Approves or rejects a proposed adjustment. */
    public Adjustment decideAdjustment(String id, int number, boolean approve, String reason) {
        access.require(Permission.DECIDE_ENPI);
        return adjustments.decide(id, number, approve, reason);
    }

    /** Days or months beside what the baseline in force expects. @param last included */
    public List<ExpectedRow> values(String id, LocalDate first, LocalDate last, LogSize asKnownAt) {
        access.require(Permission.SEE);
        Standing standing = Book.read(log, asKnownAt).standing(id);
        return Appraisal.expected(
                standing.definition(),
                rows.of(standing.definition(), first, last, asKnownAt),
                standing.inForce(),
                standing.inForce().map(b -> Appraisal.fit(standing.definition(), b)));
    }

    /** The running sum of actual minus expected, with what was decided and changed on the way. @param last included */
    public CusumCourse cusum(String id, LocalDate first, LocalDate last, LogSize asKnownAt) {
        access.require(Permission.SEE);
        Standing standing = Book.read(log, asKnownAt).standing(id);
        standing.requireBaseline();
        return Appraisal.cusum(
                values(id, first, last, asKnownAt), standing.decisions(), rows.zone(standing.definition()));
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
     * @throws Refusal REVIEW_OPEN, NO_BASELINE_IN_FORCE, NO_STATISTICS or ADJUSTMENT_PARTLY: then there is no claim, and it says why
     */
    public Savings savings(String id, Method method, LocalDate first, LocalDate last, LogSize asKnownAt) {
        access.require(Permission.SEE);
        Standing standing = Book.read(log, asKnownAt).standing(id);
        EnpiDefinition enpi = standing.definition();
        Baseline baseline = standing.requireBaseline();
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
        List<PeriodRow> period = rows.of(enpi, first, last, asKnownAt);
        if (Appraisal.usable(period).isEmpty()) {
            throw Refusal.conflict(
                    "NO_DATA", "savings of " + id, "no interval has energy and all variables", "Choose other days.");
        }
        return Appraisal.savings(method, standing, baseline, first, last, period, rows.zone(enpi));
    }

    /** Looks whether the model in force may still be applied to what came after its baseline; opens a review if not. */
    public void examine(String id) {
        access.require(Permission.SEE);
        reviews.examine(id);
    }

    /** Of the indicator's site: its days begin there. */
    public ZoneId zone(EnpiDefinition enpi) {
        access.require(Permission.SEE);
        return rows.zone(enpi);
    }

    /** The last day or month's last day that is over, in the site's zone. */
    public LocalDate lastWhole(EnpiDefinition enpi) {
        access.require(Permission.SEE);
        return rows.lastWhole(enpi);
    }

    private Book book() {
        return Book.read(log, LogSize.NEWEST);
    }
}
