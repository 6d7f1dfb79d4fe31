package energy.audit.web.metering;

import energy.audit.evidence.Hash;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.IngestIdentity.AgentState;
import energy.audit.kernel.AgentId;
import energy.audit.metering.Agent;
import energy.audit.metering.Metering;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which agents are enrolled, with which keys, and when each was heard last. */
@Named("agents")
@RequestScoped
public class AgentsPage {
    private static final Duration LIVE = Duration.ofMinutes(1);
    private static final int SHOWN_OF_FINGERPRINT = 16;

    private final Words words;
    private final ZoneId zone;
    private final Instant now;
    private final Content content;

    private record Content(List<Agent> agents, Map<AgentId, AgentState> states) {}

    @Inject
    AgentsPage(Words words, Shell shell, Entrance entrance, Metering metering, Ingest ingest, Clock clock) {
        Place place = shell.place();
        this.words = words;
        this.zone = place.here().zone();
        this.now = clock.instant();
        this.content = entrance.in(
                place.tenant(),
                () -> new Content(
                        metering.agents(),
                        ingest.identity().agents().stream()
                                .collect(Collectors.toMap(AgentState::agent, Function.identity()))));
    }

    /** An agent, in words. */
    public record Row(
            String agent,
            String site,
            String state,
            String tone,
            String contact,
            String lag,
            String kept,
            String key,
            String since) {}

    public String getHeadline() {
        long live = content.agents().stream().filter(this::isLive).count();
        return content.agents().isEmpty()
                ? words.text("agents.headline.none")
                : words.text("agents.headline", live, content.agents().size());
    }

    public List<Row> getRows() {
        return content.agents().stream().map(this::row).toList();
    }

    private Row row(Agent agent) {
        @Nullable AgentState state = content.states().get(agent.id());
        Optional<Instant> contact = state == null ? Optional.empty() : state.lastContact();
        boolean live = isLive(agent);
        String word = agent.revoked() ? "revoked" : live ? "live" : contact.isEmpty() ? "never" : "quiet";
        return new Row(
                agent.id().value(),
                agent.site().value(),
                words.text("agents.state." + word),
                live ? "good" : agent.revoked() ? "warn" : "",
                contact.map(at -> words.moment(at, zone)).orElse(words.text("evidence.never")),
                state == null ? "–" : state.lag().map(this::seconds).orElse("–"),
                state == null || !live ? "–" : words.whole(state.keptBatches()),
                Hash.sha256(agent.key().raw()).hex().substring(0, SHOWN_OF_FINGERPRINT) + "…",
                words.moment(agent.validFrom(), zone));
    }

    private boolean isLive(Agent agent) {
        return Optional.ofNullable(content.states().get(agent.id()))
                .flatMap(AgentState::lastContact)
                .filter(at -> Duration.between(at, now).compareTo(LIVE) <= 0)
                .isPresent();
    }

    private String seconds(Duration lag) {
        return words.number(java.math.BigDecimal.valueOf(lag.toMillis(), 3), 1) + " s";
    }
}
