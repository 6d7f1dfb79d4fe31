package energy.audit.verifier;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.wire.EnergyBaseline;
import energy.audit.evidence.wire.EnpiDefinition;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.LogEntry;
import energy.audit.evidence.wire.WorkflowDecision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the attached entries say about indicators, their baselines and the decisions about them. */
final class EnpiEntries {
    static final Set<EntryKind> KINDS =
            Set.of(EntryKind.ENPI_DEFINITION, EntryKind.BASELINE, EntryKind.WORKFLOW_DECISION);

    private final Map<String, Logged<EnpiDefinition>> newest = new HashMap<>();
    private final Map<String, Logged<EnergyBaseline>> baselines = new HashMap<>();
    private final List<Logged<WorkflowDecision>> decisions = new ArrayList<>();

    /** A payload and where it stands in the log. */
    record Logged<T>(long index, String actor, T message) {}

    /**
     * What is in force for an indicator.
     *
     * @param review the reason of an open one
     * @param adjustments proposed ones that somebody else has approved
     */
    record InForce(
            Logged<EnpiDefinition> definition,
            Logged<EnergyBaseline> baseline,
            Logged<WorkflowDecision> approval,
            Optional<String> review,
            List<WorkflowDecision> adjustments) {}

    /** In the order of the log. */
    void add(long index, LogEntry entry, String tenant) throws InvalidProtocolBufferException {
        if (entry.getKind() == EntryKind.ENPI_DEFINITION) {
            EnpiDefinition definition = EnpiDefinition.parseFrom(entry.getPayload());
            if (definition.getTenant().equals(tenant)) {
                newest.put(definition.getId(), new Logged<>(index, entry.getActor(), definition));
            }
        } else if (entry.getKind() == EntryKind.BASELINE) {
            EnergyBaseline baseline = EnergyBaseline.parseFrom(entry.getPayload());
            if (baseline.getTenant().equals(tenant)) {
                baselines.put(
                        baseline.getEnpi() + "-b" + baseline.getVersion(),
                        new Logged<>(index, entry.getActor(), baseline));
            }
        } else {
            decisions.add(new Logged<>(index, entry.getActor(), WorkflowDecision.parseFrom(entry.getPayload())));
        }
    }

    /** @throws FigureRefused if nothing is, or something else than the figure says */
    InForce inForce(Figure figure) throws FigureRefused {
        String id = figure.getEnpi();
        Logged<EnpiDefinition> definition = newest.get(id);
        if (definition == null) {
            throw new FigureRefused("no entry that defines the EnPI '" + id + "' is attached");
        }
        Logged<WorkflowDecision> approval = null;
        Optional<String> review = Optional.empty();
        for (Logged<WorkflowDecision> decision : decisions) {
            boolean ofBaseline = decision.message().getSubject().matches(java.util.regex.Pattern.quote(id) + "-b\\d+");
            if (!ofBaseline && !decision.message().getSubject().equals("enpi:" + id)) {
                continue;
            }
            switch (decision.message().getDecision()) {
                case "approved" -> {
                    approval = ofBaseline ? decision : approval;
                    review = Optional.empty();
                }
                case "review-opened" ->
                    review = review.isPresent()
                            ? review
                            : Optional.of(decision.message().getReason());
                case "review-closed" -> review = Optional.empty();
                default -> {
                    // what was rejected or changed puts nothing in force
                }
            }
        }
        if (approval == null) {
            throw new FigureRefused("no approval of a baseline of '" + id + "' is attached");
        }
        Logged<EnergyBaseline> baseline = baselines.get(approval.message().getSubject());
        if (baseline == null || baseline.index() >= approval.index()) {
            throw new FigureRefused("baseline " + approval.message().getSubject() + ", which log entry "
                    + approval.index() + " approves, is not attached");
        }
        check(figure, definition, baseline, approval);
        return new InForce(definition, baseline, approval, review, adjustments(id, approval.index()));
    }

    /** Of one number the first proposal, if it came after the baseline's approval, and the first decision about it count. */
    private List<WorkflowDecision> adjustments(String id, long approval) throws FigureRefused {
        Map<Integer, Logged<WorkflowDecision>> proposed = new TreeMap<>();
        Set<Integer> decided = new HashSet<>();
        List<WorkflowDecision> approved = new ArrayList<>();
        for (Logged<WorkflowDecision> decision : decisions) {
            WorkflowDecision message = decision.message();
            if (!message.getSubject().equals("enpi:" + id)) {
                continue;
            }
            int number = message.getAdjustment();
            if (message.getDecision().equals("adjustment-proposed")) {
                proposed.putIfAbsent(number, decision);
            } else if (message.getDecision().equals("adjustment-rejected")) {
                decided.add(number);
            } else if (message.getDecision().equals("adjustment-approved") && decided.add(number)) {
                Logged<WorkflowDecision> proposal = proposed.get(number);
                if (proposal == null || proposal.actor().equals(decision.actor())) {
                    throw new FigureRefused("adjustment " + number + " of '" + id
                            + "' was not approved by somebody else" + " than who proposed it");
                }
                if (proposal.index() > approval) {
                    approved.add(proposal.message());
                }
            }
        }
        return approved;
    }

    private static void check(
            Figure figure,
            Logged<EnpiDefinition> definition,
            Logged<EnergyBaseline> baseline,
            Logged<WorkflowDecision> approval)
            throws FigureRefused {
        String name = "baseline " + approval.message().getSubject();
        if (baseline.actor().equals(approval.actor())) {
            throw new FigureRefused(name + " was approved by " + approval.actor() + ", who had proposed it");
        }
        if (baseline.message().getVersion() != figure.getBaseline()) {
            throw new FigureRefused(name + " is in force, not version " + figure.getBaseline());
        }
        if (baseline.message().getEnpiVersion() != definition.message().getVersion()) {
            throw new FigureRefused(name + " is of version "
                    + baseline.message().getEnpiVersion() + " of the EnPI, which is at version "
                    + definition.message().getVersion());
        }
        if (baseline.message().getLogSize() > baseline.index()) {
            throw new FigureRefused(name + " says that it rests on entries after itself");
        }
        if (!definition.message().getSite().equals(figure.getSite())) {
            throw new FigureRefused(
                    "the EnPI is of site " + definition.message().getSite() + ", not " + figure.getSite());
        }
    }
}
