package energy.audit.ingest;

import energy.audit.ingest.Admission.Duplicate;
import energy.audit.ingest.Admission.Stored;
import energy.audit.ingest.Envelope.Publication;
import energy.audit.ingest.Envelope.Sender;
import energy.audit.ingest.IngestIdentity.AgentState;
import energy.audit.ingest.TallyTable.Outcome;
import energy.audit.ingest.TallyTable.Publish;
import energy.audit.ingest.TallyTable.Sent;
import energy.audit.kernel.AgentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Keeps the books of ingest: sent = stored + duplicate + quarantined + in flight. */
final class IngestAccounts {
    private static final String STORED = "stored";
    private static final String DUPLICATE = "duplicate";
    private static final String QUARANTINED = "quarantined";

    private final IngestTables tables;

    IngestAccounts(IngestTables tables) {
        this.tables = tables;
    }

    /** Counts each publish at its first arrival, in the transaction that admits it. */
    void count(List<Envelope> envelopes, List<Admission> admissions) {
        Map<Publish, Admission> firsts = new LinkedHashMap<>();
        Map<AgentId, Long> unnumbered = new HashMap<>();
        for (int i = 0; i < envelopes.size(); i++) {
            AgentId agent = envelopes.get(i).sender().map(Sender::agent).orElseThrow();
            Publication publication = envelopes
                    .get(i)
                    .publication()
                    .orElseGet(() -> new Publication(
                            TallyTable.NO_BOOT,
                            unnumbered.merge(agent, tables.tally().nextWithoutBoot(agent), (last, first) -> last + 1)));
            firsts.putIfAbsent(new Publish(agent, publication), admissions.get(i));
        }
        Set<Publish> fresh = tables.tally().receive(List.copyOf(firsts.keySet()));
        Map<Outcome, Long> counts = new HashMap<>();
        firsts.forEach((publish, admission) -> {
            if (fresh.contains(publish)) {
                counts.merge(new Outcome(publish.agent(), word(admission)), 1L, Long::sum);
            }
        });
        tables.tally().count(counts);
    }

    /** A quarantined message became something else. */
    void move(AgentId agent, Admission admission) {
        tables.tally().count(Map.of(new Outcome(agent, QUARANTINED), -1L, new Outcome(agent, word(admission)), 1L));
    }

    IngestIdentity identity(Collection<AgentId> enrolled) {
        Map<AgentId, Sent> sent = tables.tally().sent();
        Map<Outcome, Long> outcomes = tables.tally().outcomes();
        Map<AgentId, ContactTable.Contact> contacts = tables.contacts().contacts();
        Set<AgentId> agents = new TreeSet<>(enrolled);
        agents.addAll(sent.keySet());
        List<AgentState> states = new ArrayList<>();
        for (AgentId agent : agents) {
            Sent told = sent.getOrDefault(agent, new Sent(0, 0));
            long stored = outcomes.getOrDefault(new Outcome(agent, STORED), 0L);
            Optional<ContactTable.Contact> contact = Optional.ofNullable(contacts.get(agent));
            long lastSequence = contact.map(ContactTable.Contact::lastSequence).orElse(0L);
            states.add(new AgentState(
                    agent,
                    told.told(),
                    stored,
                    outcomes.getOrDefault(new Outcome(agent, DUPLICATE), 0L),
                    outcomes.getOrDefault(new Outcome(agent, QUARANTINED), 0L),
                    told.told() - told.received(),
                    contact.map(ContactTable.Contact::lastContact),
                    contact.map(c -> Duration.between(c.lastSealed(), c.lastContact())),
                    contact.map(ContactTable.Contact::lastReceipt),
                    contact.map(ContactTable.Contact::witnessedSize).orElse(0L),
                    lastSequence,
                    lastSequence - stored,
                    contact.map(ContactTable.Contact::keptBatches).orElse(0L),
                    contact.map(ContactTable.Contact::clockSynchronised).orElse(false)));
        }
        return new IngestIdentity(
                states.stream().mapToLong(AgentState::sent).sum(),
                states.stream().mapToLong(AgentState::stored).sum(),
                states.stream().mapToLong(AgentState::duplicate).sum(),
                states.stream().mapToLong(AgentState::quarantined).sum(),
                states.stream().mapToLong(AgentState::inFlight).sum(),
                states);
    }

    private static String word(Admission admission) {
        if (admission instanceof Stored) {
            return STORED;
        }
        return admission instanceof Duplicate ? DUPLICATE : QUARANTINED;
    }
}
