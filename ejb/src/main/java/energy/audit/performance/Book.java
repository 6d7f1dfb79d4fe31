package energy.audit.performance;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.consumption.Resolution;
import energy.audit.evidence.wire.BaselineInput;
import energy.audit.evidence.wire.EnergyBaseline;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.WorkflowDecision;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.log.StoredEntry;
import energy.audit.log.TenantLog;
import energy.audit.performance.Baseline.Factor;
import energy.audit.performance.Baseline.Input;
import energy.audit.performance.Baseline.State;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that a prefix of the log says about indicators. */
final class Book {
    private final Map<String, List<EnpiDefinition>> definitions = new LinkedHashMap<>();
    private final Map<String, Baseline> baselines = new LinkedHashMap<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final Map<String, List<Adjustment>> adjustments = new HashMap<>();

    private Book() {}

    static Book read(TenantLog log, LogSize upTo) {
        Book book = new Book();
        for (StoredEntry entry : log.entries(EntryKind.ENPI_DEFINITION, upTo)) {
            energy.audit.evidence.wire.EnpiDefinition message =
                    parsed(entry, energy.audit.evidence.wire.EnpiDefinition::parseFrom);
            book.define(message, entry);
        }
        for (StoredEntry entry : log.entries(EntryKind.BASELINE, upTo)) {
            EnergyBaseline message = parsed(entry, EnergyBaseline::parseFrom);
            Baseline baseline = baseline(message, entry);
            book.baselines.put(baseline.id(), baseline);
        }
        for (StoredEntry entry : log.entries(EntryKind.WORKFLOW_DECISION, upTo)) {
            WorkflowDecision message = parsed(entry, WorkflowDecision::parseFrom);
            book.decide(message, entry);
        }
        return book;
    }

    List<String> ids() {
        return List.copyOf(definitions.keySet());
    }

    Optional<EnpiDefinition> newest(String id) {
        List<EnpiDefinition> versions = definitions.getOrDefault(id, List.of());
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    Baseline baseline(String id) {
        Baseline baseline = baselines.get(id);
        if (baseline == null) {
            throw Refusal.notFound(
                    "NO_BASELINE", "baseline " + id, "there is none of this name", "Look at the list of baselines.");
        }
        return baseline;
    }

    List<Baseline> baselines() {
        return List.copyOf(baselines.values());
    }

    int baselinesOf(String enpi) {
        return (int)
                baselines.values().stream().filter(b -> b.enpi().equals(enpi)).count();
    }

    Standing standing(String id) {
        EnpiDefinition definition = newest(id)
                .orElseThrow(() -> Refusal.notFound(
                        "NO_ENPI", "EnPI " + id, "there is none of this name", "Look at the list of EnPIs."));
        List<Baseline> history = new ArrayList<>(
                baselines.values().stream().filter(b -> b.enpi().equals(id)).toList());
        java.util.Collections.reverse(history);
        Optional<Baseline> inForce = history.stream()
                .filter(b -> b.state() == State.APPROVED && b.enpiVersion() == definition.version())
                .findFirst();
        List<Decision> own = decisions.stream().filter(d -> isAbout(d, id)).toList();
        Optional<Decision> review = Optional.empty();
        Map<String, String> factors = new LinkedHashMap<>();
        inForce.ifPresent(b -> b.staticFactors().forEach(f -> factors.put(f.name(), f.value())));
        long since = inForce.flatMap(Baseline::decision).map(Decision::logIndex).orElse(-1L);
        for (Decision decision : own) {
            if (decision.what().equals(Decision.OPENED)) {
                review = review.isPresent() ? review : Optional.of(decision);
            } else if (decision.what().equals(Decision.CLOSED)
                    || decision.what().equals(Decision.APPROVED)) {
                review = Optional.empty();
            } else if (decision.what().equals(Decision.CHANGED) && decision.logIndex() > since) {
                factors.put(decision.factor(), decision.after());
            }
        }
        return new Standing(
                definition,
                definitions.getOrDefault(id, List.of()),
                inForce,
                history,
                review,
                factors.entrySet().stream()
                        .map(e -> new Factor(e.getKey(), e.getValue()))
                        .toList(),
                own,
                adjustments.getOrDefault(id, List.of()));
    }

    private boolean isAbout(Decision decision, String enpi) {
        Baseline baseline = baselines.get(decision.subject());
        return baseline == null
                ? decision.subject().equals(Decision.ofEnpi(enpi))
                : baseline.enpi().equals(enpi);
    }

    private void define(energy.audit.evidence.wire.EnpiDefinition message, StoredEntry entry) {
        definitions
                .computeIfAbsent(message.getId(), id -> new ArrayList<>())
                .add(new EnpiDefinition(
                        message.getId(),
                        message.getVersion(),
                        message.getName(),
                        SiteId.of(message.getSite()),
                        message.getChannelsList().stream().map(ChannelId::of).toList(),
                        message.getEnergySourcesList(),
                        ModelKind.of(message.getKind()).orElseThrow(() -> damaged(entry, message.getKind(), null)),
                        message.getVariablesList().stream()
                                .map(v -> RelevantVariable.parse(v.getId() + "=" + v.getOrigin()))
                                .toList(),
                        Resolution.of(message.getStep()),
                        message.getFormula(),
                        message.getVariablesList().stream().collect(Collectors.toMap(v -> v.getId(), v -> v.getUnit())),
                        message.getReason(),
                        entry.actor(),
                        entry.admittedAt(),
                        entry.index()));
    }

    private void decide(WorkflowDecision message, StoredEntry entry) {
        Decision decision = new Decision(
                entry.index(),
                message.getSubject(),
                message.getDecision(),
                entry.actor(),
                entry.admittedAt(),
                message.getReason(),
                message.getFactor(),
                message.getBefore(),
                message.getAfter(),
                message.getSince());
        decisions.add(decision);
        adjust(message, decision);
        Baseline subject = baselines.get(message.getSubject());
        if (subject == null) {
            return;
        }
        if (decision.what().equals(Decision.APPROVED)) {
            baselines.replaceAll(
                    (id, b) -> b.enpi().equals(subject.enpi()) && b.state() == State.APPROVED ? b.replaced() : b);
            baselines.put(subject.id(), subject.decided(State.APPROVED, decision));
        } else if (decision.what().equals(Decision.REJECTED)) {
            baselines.put(subject.id(), subject.decided(State.REJECTED, decision));
        }
    }

    private void adjust(WorkflowDecision message, Decision decision) {
        if (message.getAdjustment() == 0 || !decision.subject().startsWith(Decision.ofEnpi(""))) {
            return;
        }
        List<Adjustment> own = adjustments.computeIfAbsent(
                decision.subject().substring(Decision.ofEnpi("").length()), enpi -> new ArrayList<>());
        if (decision.what().equals(Decision.ADJUSTMENT_PROPOSED)) {
            own.add(new Adjustment(
                    message.getAdjustment(),
                    message.getFactor(),
                    message.getBefore(),
                    message.getAfter(),
                    LocalDate.parse(message.getSince()),
                    LocalDate.parse(message.getLast()),
                    new BigDecimal(message.getEnergyKwh()),
                    message.getMethod(),
                    message.getEvidence(),
                    decision.person(),
                    decision.at(),
                    decision.logIndex(),
                    Optional.empty()));
        } else {
            own.replaceAll(each -> each.number() == message.getAdjustment() ? each.decided(decision) : each);
        }
    }

    private static Baseline baseline(EnergyBaseline message, StoredEntry entry) {
        List<Input> inputs = new ArrayList<>();
        for (BaselineInput input : message.getInputsList()) {
            inputs.add(new Input(
                    Instant.ofEpochMilli(input.getFromMs()),
                    Instant.ofEpochMilli(input.getToMs()),
                    new BigDecimal(input.getEnergy()),
                    input.getQuality(),
                    input.getValuesList().stream().map(BigDecimal::new).toList(),
                    input.getOriginsList().stream()
                            .map(origin -> List.copyOf(origin.getEntriesList()))
                            .toList()));
        }
        return new Baseline(
                message.getEnpi() + "-b" + message.getVersion(),
                message.getEnpi(),
                message.getEnpiVersion(),
                message.getVersion(),
                LocalDate.parse(message.getFirstDay()),
                LocalDate.parse(message.getLastDay()),
                message.getStaticFactorsList().stream()
                        .map(f -> new Factor(f.getName(), f.getValue()))
                        .toList(),
                message.getVariablesList(),
                inputs,
                message.getLeftOutList(),
                message.getModel(),
                message.getLogSize(),
                message.getReason(),
                entry.actor(),
                entry.admittedAt(),
                entry.index(),
                State.PROPOSED,
                Optional.empty());
    }

    private interface Parser<T> {
        T parse(byte[] payload) throws InvalidProtocolBufferException;
    }

    private static <T> T parsed(StoredEntry entry, Parser<T> parser) {
        try {
            return parser.parse(entry.payload());
        } catch (InvalidProtocolBufferException e) {
            throw damaged(entry, String.valueOf(e.getMessage()), e);
        }
    }

    private static Fault damaged(StoredEntry entry, String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new Fault(
                "LOG_DAMAGED",
                "entry " + entry.index() + " of the log",
                "it cannot be read: " + why,
                "Check the log against a checkpoint of an agent.",
                cause);
    }
}
