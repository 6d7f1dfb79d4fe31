package energy.audit.web.metering;

import energy.audit.evidence.Hash;
import energy.audit.fleet.Fleet;
import energy.audit.fleet.Silence;
import energy.audit.fleet.Vitals;
import energy.audit.kernel.AgentId;
import energy.audit.metering.Agent;
import energy.audit.metering.Metering;
import energy.audit.web.fleet.VitalsWords;
import energy.audit.web.rest.Entrance;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which agents are enrolled, with which keys, when each was heard last, and how it is. */
@Named("agents")
@RequestScoped
public class AgentsPage {
    private static final int SHOWN_OF_FINGERPRINT = 16;

    private final Words words;
    private final VitalsWords vitalsWords;
    private final ZoneId zone;
    private final Content content;

    private record Content(
            List<Agent> agents, Map<AgentId, Vitals> vitals, Map<AgentId, Duration> silentAfter, Set<AgentId> silent) {}

    @Inject
    AgentsPage(Words words, Shell shell, Entrance entrance, Metering metering, Fleet fleet, Clock clock) {
        Place place = shell.place();
        Instant now = clock.instant();
        this.words = words;
        this.zone = place.here().zone();
        this.vitalsWords = new VitalsWords(words, zone, now);
        this.content = entrance.in(
                place.tenant(),
                () -> new Content(
                        metering.agents(),
                        fleet.vitals(),
                        fleet.silentAfter(),
                        fleet.silentNow().stream().map(Silence::agent).collect(Collectors.toSet())));
    }

    /** An agent, in words. */
    public record Row(
            String agent,
            String site,
            String state,
            String tone,
            String contact,
            String age,
            String lag,
            String buffer,
            String bufferTone,
            String clock,
            String clockTone,
            String cycle,
            String expected,
            String key,
            String since) {}

    public String getHeadline() {
        if (content.agents().isEmpty()) {
            return words.text("agents.headline.none");
        }
        long expected = content.silentAfter().size();
        return content.silent().isEmpty()
                ? words.text("agents.headline.all", expected)
                : words.text("agents.headline.silent", content.silent().size(), expected);
    }

    public List<Row> getRows() {
        return content.agents().stream().map(this::row).toList();
    }

    private Row row(Agent agent) {
        Optional<Vitals> vitals = Optional.ofNullable(content.vitals().get(agent.id()));
        @Nullable Duration after = content.silentAfter().get(agent.id());
        boolean silent = content.silent().contains(agent.id());
        String word = agent.revoked()
                ? "revoked"
                : silent ? "silent" : vitals.isEmpty() ? "never" : after == null ? "quiet" : "live";
        return new Row(
                agent.id().value(),
                agent.site().value(),
                words.text("agents.state." + word),
                word.equals("live") ? "good" : silent || agent.revoked() ? "warn" : "",
                vitals.map(v -> words.moment(v.heardAt(), zone)).orElse(words.text("evidence.never")),
                vitals.map(vitalsWords::age).orElse(""),
                vitals.map(vitalsWords::lag).orElse("–"),
                vitals.map(vitalsWords::buffer).orElse("–"),
                vitals.filter(vitalsWords::bufferNeedsALook).isPresent() ? "warn" : "",
                vitals.map(vitalsWords::clock).orElse("–"),
                vitals.filter(v -> !v.clockSynchronised()).isPresent() ? "warn" : "",
                vitals.map(vitalsWords::cycle).orElse("–"),
                after == null ? words.text("agents.expected.not") : vitalsWords.expected(after),
                Hash.sha256(agent.key().raw()).hex().substring(0, SHOWN_OF_FINGERPRINT) + "…",
                words.moment(agent.validFrom(), zone));
    }
}
