package energy.audit.web.metering;

import energy.audit.ingest.AnnouncedMapping;
import energy.audit.ingest.Ingest;
import energy.audit.kernel.LogSize;
import energy.audit.metering.Agent;
import energy.audit.metering.Metering;
import energy.audit.metering.SiteConfiguration;
import energy.audit.web.rest.Entrance;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The history of the agents' device mappings, and where the newest contradict the metering configuration. */
@Named("mappings")
@RequestScoped
public class MappingsPanel {
    private static final int SHOWN_OF_HASH = 12;

    private final Words words;
    private final ZoneId zone;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> disagreements = new ArrayList<>();

    @Inject
    MappingsPanel(Words words, Shell shell, Entrance entrance, Metering metering, Ingest ingest, Clock clock) {
        Place place = shell.place();
        this.words = words;
        this.zone = place.here().zone();
        Instant now = clock.instant();
        entrance.in(place.tenant(), () -> {
            for (Agent agent : metering.agents()) {
                List<AnnouncedMapping> history = ingest.mappings(agent.id());
                rows.addAll(versions(history));
                if (!history.isEmpty() && !agent.revoked()) {
                    metering.configurationAt(agent.site(), now, LogSize.NEWEST)
                            .ifPresent(configuration -> compare(history.get(history.size() - 1), configuration, now));
                }
            }
            return rows;
        });
    }

    /**
     * A version of an agent's mapping, in words.
     *
     * @param lines with a sign: + for a line that came, − for one that went
     */
    public record Row(String agent, String sealedAt, long entry, String sha256, String summary, List<String> lines) {}

    /** By agent, newest version first. */
    public List<Row> getRows() {
        return rows;
    }

    /** One sentence each. */
    public List<String> getDisagreements() {
        return disagreements;
    }

    private List<Row> versions(List<AnnouncedMapping> history) {
        List<Row> versions = new ArrayList<>();
        MappingLines before = new MappingLines(List.of());
        for (AnnouncedMapping announced : history) {
            Optional<MappingLines> parsed = MappingLines.parse(announced.text());
            MappingLines now = parsed.orElse(before);
            List<MappingLines.Line> came = now.without(before);
            List<MappingLines.Line> went = before.without(now);
            String summary = parsed.isEmpty()
                    ? words.text("mapping.unreadable")
                    : versions.isEmpty()
                            ? words.text("mapping.first", came.size())
                            : words.text("mapping.changed", came.size(), went.size());
            versions.add(new Row(
                    announced.agent().value(),
                    words.moment(announced.sealedAt(), zone),
                    announced.logIndex(),
                    announced.sha256().hex().substring(0, SHOWN_OF_HASH) + "…",
                    summary,
                    Stream.concat(
                                    went.stream().map(line -> "− " + line),
                                    came.stream().map(line -> "+ " + line))
                            .toList()));
            before = now;
        }
        Collections.reverse(versions);
        return versions;
    }

    private void compare(AnnouncedMapping newest, SiteConfiguration configuration, Instant now) {
        MappingLines.parse(newest.text())
                .map(lines -> lines.disagreements(configuration::channel, now))
                .orElse(List.of())
                .forEach(found -> disagreements.add(words.text(
                        "mapping.differs." + found.difference(),
                        newest.agent(),
                        found.channel(),
                        found.mapped(),
                        found.configured())));
    }
}
