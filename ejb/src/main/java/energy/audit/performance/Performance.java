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
import energy.audit.kernel.SiteId;
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
import java.util.List;
import java.util.Map;
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
        this.adjustments = new Adjustments(log, access, decisions);
        this.reviews = new Reviews(tenancy, log, access, rows, decisions);
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

    /**
     * Residuals, leverages and variance inflation of a baseline's model.
     *
     * @throws Refusal NO_STATISTICS of a kind that is not fitted by least squares
     */
    public ModelDiagnosis diagnosis(String baselineId) {
        access.require(Permission.SEE);
        return models.diagnosis(baselineId);
    }

    /** Ends a review that somebody else, or this program, has opened: the baseline in force still holds. */
    public Standing closeReview(String id, String reason) {
        access.require(Permission.DECIDE_ENPI);
        return reviews.closeReview(id, reason);
    }

    /**
     * Savings of several indicators of a site together, each with its own model.
     *
     * @param ids of the indicators; empty: all of the site
     * @param primaryFactors kWh of primary energy for a kWh of each energy source; empty: site energy
     * @throws Refusal where one energy would be counted twice, or nothing can be claimed
     */
    public Combined combined(
            SiteId site,
            List<String> ids,
            Comparison comparison,
            Map<String, BigDecimal> primaryFactors,
            LogSize asKnownAt) {
        access.require(Permission.SEE);
        Book book = Book.read(log, asKnownAt);
        List<Standing> chosen = (ids.isEmpty() ? book.ids() : ids)
                .stream()
                        .map(book::standing)
                        .filter(each -> each.definition().site().equals(site))
                        .toList();
        return new Combination(rows, site, comparison, primaryFactors, asKnownAt).of(chosen);
    }

    /** Proposes a non-routine adjustment: energy that a changed static factor makes, which no model knows. */
    public Standing proposeAdjustment(String id, Adjustment.Draft draft) {
        access.require(Permission.DEFINE_ENPI);
        return adjustments.propose(id, draft);
    }

    /** Approves or rejects somebody else's adjustment; approved, it counts in every reporting period that holds it. */
    public Standing decideAdjustment(String id, int number, boolean approve, String reason) {
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
        Claim.requireBaseline(standing);
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
     * @throws Refusal REVIEW_OPEN, NO_BASELINE_IN_FORCE or NO_STATISTICS: then there is no claim, and it says why
     */
    public Savings savings(String id, Method method, LocalDate first, LocalDate last, LogSize asKnownAt) {
        access.require(Permission.SEE);
        return savings(id, Comparison.of(method, first, last), asKnownAt);
    }

    /**
     * Savings against the baseline in force, with the adjustments whose days lie in the reporting period.
     *
     * @throws Refusal REVIEW_OPEN, NO_BASELINE_IN_FORCE or NO_STATISTICS: then there is no claim, and it says why
     */
    public Savings savings(String id, Comparison comparison, LogSize asKnownAt) {
        access.require(Permission.SEE);
        return new Claim(rows, Book.read(log, asKnownAt).standing(id), asKnownAt).savings(comparison);
    }

    /** Looks whether the model in force may still be applied to what came after its baseline; opens a review if not. */
    public void examine(String id) {
        access.require(Permission.SEE);
        reviews.examine(id);
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
