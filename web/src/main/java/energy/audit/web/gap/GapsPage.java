package energy.audit.web.gap;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.gap.Gaps;
import energy.audit.gap.Hole;
import energy.audit.gap.LoggedGap;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import energy.audit.web.rest.Entrance;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Shell.Link;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is missing at a site, who says why, and the form in which somebody signs for it. */
@Named("gaps")
@RequestScoped
public class GapsPage {
    private static final List<Integer> DAYS = List.of(7, 30, 90);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

    private final Words words;
    private final Place place;
    private final ZoneId zone;
    private final Instant now;
    private final int days;
    private final HttpServletRequest request;
    private final View view;

    private record View(List<Hole> holes, List<LoggedGap> signed, List<Meter> meters, boolean maySign) {}

    @Inject
    GapsPage(
            Words words,
            Shell shell,
            Entrance entrance,
            Access access,
            Gaps gaps,
            Metering metering,
            Clock clock,
            HttpServletRequest request) {
        this.words = words;
        this.place = shell.place();
        this.zone = place.here().zone();
        this.now = clock.instant();
        this.request = request;
        this.days = DAYS.stream()
                .filter(each -> each.toString().equals(request.getParameter("days")))
                .findFirst()
                .orElse(DAYS.get(1));
        this.view = entrance.in(
                place.tenant(),
                () -> new View(
                        gaps.holes(place.here().id(), Period.of(now.minus(Duration.ofDays(days)), now)),
                        gaps.signed(place.here().id(), LogSize.NEWEST),
                        metering.meters(place.here().id()),
                        access.may(Permission.SIGN_GAP)));
    }

    /** A row of hours; {@code sign} is the address of the form, filled in; empty: there are readings in all of it. */
    public record HoleRow(
            String meter,
            String channel,
            String from,
            String length,
            String quality,
            String why,
            boolean open,
            String sign) {}

    /** What somebody has signed. */
    public record SignedRow(
            String meterId,
            String meter,
            String from,
            String to,
            String fromIso,
            String toIso,
            String reason,
            String by,
            String entry,
            String state,
            boolean counts) {}

    /** Something that can be chosen. */
    public record Choice(String value, String text, boolean chosen) {}

    public String getHeadline() {
        long open = view.holes().stream().filter(hole -> !hole.explained()).count();
        if (view.holes().isEmpty()) {
            return words.text(
                    "gaps.headline.none", words.whole(days), place.here().name());
        }
        return open == 0
                ? words.text("gaps.headline.explained", words.whole(view.holes().size()), words.whole(days))
                : words.text("gaps.headline", words.whole(view.holes().size()), words.whole(days), words.whole(open));
    }

    public String getBasis() {
        return words.text("gaps.basis", zone.getId());
    }

    public List<Link> getPresets() {
        return DAYS.stream()
                .map(each -> new Link(words.text("gaps.days", words.whole(each)), "?days=" + each, "", each == days))
                .toList();
    }

    public List<HoleRow> getHoles() {
        return view.holes().stream().map(this::row).toList();
    }

    private HoleRow row(Hole hole) {
        List<String> why = new ArrayList<>();
        hole.told()
                .ifPresent(gap -> why.add(words.text(
                        "gaps.told",
                        gap.agent(),
                        words.textOr(
                                "gaps.cause." + gap.cause().name(), gap.cause().name()))));
        hole.signed()
                .forEach(gap ->
                        why.add(words.text("gaps.signedby", gap.by(), gap.reason(), words.whole(gap.logIndex()))));
        String form = hole.unread()
                .map(unread -> "?days=" + days + "&meter=" + hole.meter() + "&from=" + local(unread.from()) + "&to="
                        + local(unread.to()) + "#sign")
                .orElse("");
        return new HoleRow(
                hole.meterName(),
                words.textOr(
                        "quantity." + hole.channel().quantity(), hole.channel().quantity()),
                words.moment(hole.period().from(), zone),
                words.text("gaps.hours", words.whole(hole.period().duration().toHours())),
                words.text("quality." + hole.quality().name()),
                why.isEmpty() ? words.text("gaps.nobody") : String.join("; ", why),
                !hole.explained(),
                form);
    }

    private String local(Instant at) {
        return LocalDateTime.ofInstant(at, zone).format(LOCAL);
    }

    public List<SignedRow> getSigned() {
        return view.signed().stream()
                .sorted(Comparator.comparing(LoggedGap::logIndex).reversed())
                .map(gap -> new SignedRow(
                        gap.meter().orElse(""),
                        gap.meter().map(this::name).orElse(words.text("gaps.every")),
                        words.moment(gap.period().from(), zone),
                        words.moment(gap.period().to(), zone),
                        gap.period().from().toString(),
                        gap.period().to().toString(),
                        gap.reason(),
                        gap.by(),
                        words.whole(gap.logIndex()),
                        words.text(
                                gap.withdrawn()
                                        ? "gaps.state.withdrawn"
                                        : gap.inForce() ? "gaps.state.counts" : "gaps.state.replaced"),
                        gap.inForce() && !gap.withdrawn()))
                .toList();
    }

    private String name(String meter) {
        return view.meters().stream()
                .filter(each -> each.id().equals(meter))
                .map(Meter::name)
                .findFirst()
                .orElse(meter);
    }

    public boolean isMaySign() {
        return view.maySign();
    }

    public String getAddress() {
        return "/data/tenants/" + place.tenant() + "/signed-gaps";
    }

    public String getSite() {
        return place.here().id().value();
    }

    public List<Choice> getMeters() {
        return view.meters().stream()
                .map(meter -> new Choice(meter.id(), meter.name(), meter.id().equals(asked("meter"))))
                .toList();
    }

    /** As a hole's link has it; else empty. */
    public String getFrom() {
        return time("from");
    }

    public String getTo() {
        return time("to");
    }

    public String getLatest() {
        return local(now);
    }

    private String time(String name) {
        return asked(name).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}") ? asked(name) : "";
    }

    private String asked(String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }
}
