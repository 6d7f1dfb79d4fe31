package energy.audit.web.fleet;

import energy.audit.fleet.Fleet;
import energy.audit.fleet.Silence;
import energy.audit.web.rest.Entrance;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.util.List;

/** Agents that should speak and do not: alarms on top of a page, and what became of earlier ones. */
@Named("silent")
@RequestScoped
public class SilentAgents {
    private static final int MOST = 20;

    private final Words words;
    private final FleetWords fleetWords;
    private final Place place;
    private final ZoneId zone;
    private final Content content;

    private record Content(List<Silence> now, List<Silence> earlier) {}

    @Inject
    SilentAgents(Words words, Shell shell, Entrance entrance, Fleet fleet) {
        this.words = words;
        this.fleetWords = new FleetWords(words);
        this.place = shell.place();
        this.zone = place.here().zone();
        this.content = entrance.in(place.tenant(), () -> new Content(fleet.silentNow(), fleet.silences(MOST)));
    }

    /** An alarm, in words. */
    public record Alarm(String text, String next) {}

    /** A row of the history. */
    public record Row(String agent, String lastHeard, String raised, String raisedBy, String ended, String tone) {}

    /** All of the tenant: for the page of agents. */
    public List<Alarm> getOfTenant() {
        return content.now().stream().map(this::alarm).toList();
    }

    /** Those of the site of the page. */
    public List<Alarm> getHere() {
        return content.now().stream()
                .filter(silence -> silence.site().equals(place.here().id()))
                .map(this::alarm)
                .toList();
    }

    /** Where agents are looked at. */
    public String getAddress() {
        return place.to("agents");
    }

    private Alarm alarm(Silence silence) {
        String after = fleetWords.duration(silence.silentAfter());
        String text = silence.lastHeard()
                .map(at -> words.text("silent.since", silence.agent(), words.moment(at, zone), after))
                .orElseGet(() -> words.text("silent.never", silence.agent(), after));
        return new Alarm(text, words.text("silent.next", silence.site()));
    }

    public List<Row> getRows() {
        return content.earlier().stream().map(this::row).toList();
    }

    private Row row(Silence silence) {
        return new Row(
                silence.agent().value(),
                silence.lastHeard().map(at -> words.moment(at, zone)).orElse(words.text("evidence.never")),
                words.moment(silence.raisedAt(), zone),
                silence.raisedBy(),
                silence.ended()
                        .map(end -> words.moment(end.at(), zone) + ", "
                                + words.text("silent.ended." + end.reason().name()))
                        .orElse(words.text("silent.lasts")),
                silence.ended().isPresent() ? "" : "warn");
    }
}
