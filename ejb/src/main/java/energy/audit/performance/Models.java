package energy.audit.performance;

import energy.audit.access.Access;
import energy.audit.analysis.document.JsonText;
import energy.audit.analysis.enpi.BaselineFit;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.regression.Influence;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.NoModel;
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
import energy.audit.performance.Baseline.Factor;
import energy.audit.performance.Baseline.State;
import energy.audit.tenancy.Tenancy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Fits models on periods, keeps them as baselines, and has them decided. Its callers check who may. */
final class Models {
    private final Tenancy tenancy;
    private final TenantLog log;
    private final Access access;
    private final IntervalRows rows;
    private final Decisions decisions;

    Models(Tenancy tenancy, TenantLog log, Access access, IntervalRows rows, Decisions decisions) {
        this.tenancy = tenancy;
        this.log = log;
        this.access = access;
        this.rows = rows;
        this.decisions = decisions;
    }

    Ranking candidates(String id, LocalDate first, LocalDate last) {
        Standing standing = Book.read(log, LogSize.NEWEST).standing(id);
        EnpiDefinition enpi = standing.definition();
        List<PeriodRow> period = Exclusions.applied(rows.of(enpi, first, last, LogSize.NEWEST), standing.excluded());
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
                candidates.add(new Ranking.Candidate(choice, Appraisal.fit(enpi, Appraisal.usable(period), choice)));
            } catch (NoModel e) {
                refused.add(String.join(", ", choice) + ": " + e.reason());
            }
        }
        candidates.sort(
                Comparator.comparing((Ranking.Candidate c) -> !c.fit().verdict().valid())
                        .thenComparing(c ->
                                -c.fit().fit().map(f -> f.adjustedRSquared()).orElse(0.0))
                        .thenComparing(c -> c.variables().size()));
        return new Ranking(candidates, refused, Appraisal.leftOut(period));
    }

    Baseline propose(
            String id,
            LocalDate first,
            LocalDate last,
            List<String> variables,
            List<Factor> staticFactors,
            String reason) {
        Decisions.reasoned("baseline of " + id, reason);
        LogSize size = log.lock();
        Book book = Book.read(log, LogSize.NEWEST);
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
        List<PeriodRow> period = Exclusions.applied(rows.of(enpi, first, last, size), standing.excluded());
        List<PeriodRow> usable = Appraisal.usable(period);
        EnergyBaseline.Builder message = EnergyBaseline.newBuilder()
                .setTenant(tenancy.current().value())
                .setEnpi(id)
                .setEnpiVersion(enpi.version())
                .setVersion(book.baselinesOf(id) + 1)
                .setFirstDay(first.toString())
                .setLastDay(last.toString())
                .addAllVariables(chosen)
                .addAllLeftOut(Appraisal.leftOut(period))
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
        return Book.read(log, LogSize.NEWEST).baseline(id + "-b" + message.getVersion());
    }

    private static BaselineFit fitted(EnpiDefinition enpi, List<PeriodRow> usable, List<String> variables) {
        try {
            return Appraisal.fit(enpi, usable, variables);
        } catch (NoModel e) {
            throw Refusal.conflict("NO_MODEL", "baseline of " + enpi.id(), e.reason(), "Choose another period.");
        }
    }

    Baseline decide(String baselineId, boolean approve, String reason) {
        Decisions.reasoned("decision about " + baselineId, reason);
        log.lock();
        Book book = Book.read(log, LogSize.NEWEST);
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
        decisions.append(WorkflowDecision.newBuilder()
                .setSubject(baselineId)
                .setDecision(approve ? Decision.APPROVED : Decision.REJECTED)
                .setReason(reason));
        return Book.read(log, LogSize.NEWEST).baseline(baselineId);
    }

    ModelDiagnosis diagnosis(String baselineId) {
        Book book = Book.read(log, LogSize.NEWEST);
        Baseline baseline = book.baseline(baselineId);
        EnpiDefinition enpi = book.standing(baseline.enpi()).versions().stream()
                .filter(version -> version.version() == baseline.enpiVersion())
                .findFirst()
                .orElseThrow();
        LinearFit model = Appraisal.fit(enpi, baseline)
                .fit()
                .orElseThrow(() -> Refusal.conflict(
                        "NO_STATISTICS",
                        "diagnosis of baseline " + baselineId,
                        "a model of kind " + enpi.kind().text() + " has no residuals of a fit",
                        "Look at a linear or change-point indicator."));
        double[] inflation = model.varianceInflation();
        List<ModelDiagnosis.Inflation> variables = new ArrayList<>();
        for (int j = 0; j < inflation.length; j++) {
            variables.add(new ModelDiagnosis.Inflation(model.variables().get(j).name(), inflation[j]));
        }
        List<ModelDiagnosis.Point> points = Influence.of(model).stream()
                .map(point -> {
                    Baseline.Input input = baseline.inputs().get(point.index());
                    double energy = input.energy().doubleValue();
                    return new ModelDiagnosis.Point(
                            input.from(),
                            input.to(),
                            energy,
                            energy - point.residual(),
                            point.residual(),
                            point.studentised(),
                            point.leverage(),
                            point.far(),
                            point.pulling());
                })
                .toList();
        return new ModelDiagnosis(
                baselineId,
                model.durbinWatson(),
                model.autocorrelationLag1(),
                Influence.leverageLimit(model),
                variables,
                points);
    }
}
