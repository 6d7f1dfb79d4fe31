package energy.audit.web.performance;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.kernel.LogSize;
import energy.audit.metering.Channel;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import energy.audit.performance.Performance;
import energy.audit.performance.Standing;
import energy.audit.web.rest.Entrance;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which indicators a site has, and where each stands. */
@Named("performance")
@RequestScoped
public class PerformancePage {
    private final Words words;
    private final Place place;
    private final View view;

    private record View(List<Standing> standings, List<Meter> meters, boolean mayDefine) {}

    @Inject
    PerformancePage(
            Words words, Shell shell, Entrance entrance, Access access, Performance performance, Metering metering) {
        this.words = words;
        this.place = shell.place();
        this.view = entrance.in(
                place.tenant(),
                () -> new View(
                        performance.standings(LogSize.NEWEST).stream()
                                .filter(each -> each.definition()
                                        .site()
                                        .equals(place.here().id()))
                                .toList(),
                        metering.meters(place.here().id()),
                        access.may(Permission.DEFINE_ENPI)));
    }

    /** An indicator in words. */
    public record Row(
            String name, String address, String kind, String boundary, String baseline, String state, boolean good) {}

    /** Something that can be chosen. */
    public record Choice(String value, String text) {}

    public String getHeadline() {
        long stopped = view.standings().stream()
                .filter(each -> each.review().isPresent())
                .count();
        if (view.standings().isEmpty()) {
            return words.text("enpi.list.none", place.here().name());
        }
        return stopped > 0
                ? words.text("enpi.list.stopped", words.whole(view.standings().size()), words.whole(stopped))
                : words.text(
                        "enpi.list.headline",
                        words.whole(view.standings().size()),
                        place.here().name());
    }

    public List<Row> getRows() {
        return view.standings().stream().map(this::row).toList();
    }

    private Row row(Standing standing) {
        var enpi = standing.definition();
        boolean good = standing.review().isEmpty() && standing.inForce().isPresent();
        String state = standing.review().isPresent()
                ? words.text("enpi.state.review")
                : standing.inForce().isPresent()
                        ? words.text("enpi.state.inforce")
                        : standing.history().isEmpty()
                                ? words.text("enpi.state.nobaseline")
                                : words.text("enpi.state.waiting");
        return new Row(
                enpi.name(),
                place.to("enpi") + "?id=" + enpi.id(),
                kind(words, enpi.kind()),
                String.join(", ", enpi.channels().stream().map(c -> c.meter()).toList()),
                standing.inForce()
                        .map(b -> words.dayWithYear(b.first()) + " – " + words.dayWithYear(b.last()))
                        .orElse("–"),
                state,
                good);
    }

    public boolean isMayDefine() {
        return view.mayDefine();
    }

    public String getAddress() {
        return "/data/tenants/" + place.tenant() + "/enpis";
    }

    public String getSite() {
        return place.here().id().value();
    }

    public List<Choice> getKinds() {
        return Arrays.stream(ModelKind.values())
                .map(kind -> new Choice(kind.text(), kind(words, kind)))
                .toList();
    }

    /** Registers that count energy. */
    public List<Choice> getEnergies() {
        List<Choice> choices = new ArrayList<>();
        for (Meter meter : view.meters()) {
            for (Channel channel : meter.channels()) {
                if (channel.counter()
                        && !channel.isFloat()
                        && channel.energyKwhPerUnit().isPresent()) {
                    choices.add(new Choice(channel.id().value(), meter.name()));
                }
            }
        }
        return choices;
    }

    /** What may drive energy: outputs, and temperatures as mean or as degree days. */
    public List<Choice> getVariables() {
        List<Choice> choices = new ArrayList<>();
        for (Meter meter : view.meters()) {
            for (Channel channel : meter.channels()) {
                String id = channel.id().value();
                if (channel.quantity().equals("product-output")) {
                    choices.add(new Choice(
                            "amount:" + id, words.text("enpi.variable.amount", meter.name(), channel.unit())));
                } else if (channel.quantity().equals("temperature")) {
                    String name = meter.id().replace('-', '_');
                    choices.add(new Choice("mean:" + id, words.text("enpi.variable.mean", meter.name())));
                    choices.add(new Choice(
                            name + "_hdd=heating-degrees:" + id + ":15",
                            words.text("enpi.variable.heating", meter.name(), "15")));
                    choices.add(new Choice(
                            name + "_cdd=cooling-degrees:" + id + ":10",
                            words.text("enpi.variable.cooling", meter.name(), "10")));
                }
            }
        }
        return choices;
    }

    static String kind(Words words, ModelKind kind) {
        return words.text("enpi.kind." + kind.text());
    }
}
