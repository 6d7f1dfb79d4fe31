package energy.audit.web.metering;

import energy.audit.access.Permission;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.metering.Channel;
import energy.audit.metering.LoggedExchange;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import energy.audit.metering.SiteConfiguration;
import energy.audit.web.rest.Entrance;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One meter's exchanges: what was entered, and the form that enters another one. */
@Named("exchange")
@RequestScoped
public class ExchangePage {
    private final Words words;
    private final Place place;
    private final ZoneId zone;
    private final Instant now;
    private final Meter meter;
    private final List<LoggedExchange> entered;
    private final List<SiteConfiguration> configurations;

    private record Content(Meter meter, List<LoggedExchange> entered, List<SiteConfiguration> configurations) {}

    @Inject
    ExchangePage(
            Words words, Shell shell, Entrance entrance, Metering metering, HttpServletRequest request, Clock clock) {
        this.words = words;
        this.place = shell.place();
        this.zone = place.here().zone();
        this.now = clock.instant();
        String asked = Optional.ofNullable(request.getParameter("meter")).orElse("");
        Content content = entrance.in(
                place.tenant(),
                () -> new Content(
                        metering.meters(place.here().id()).stream()
                                .filter(each -> each.id().equals(asked))
                                .findFirst()
                                .orElseThrow(() -> Refusal.notFound(
                                        "NO_METER",
                                        "meter '" + asked + "'",
                                        "site " + place.here().id() + " has none of this name",
                                        "Choose one on the page of sites and meters.")),
                        metering.exchanges(place.here().id(), LogSize.NEWEST),
                        metering.configurations(place.here().id(), LogSize.NEWEST)));
        this.meter = content.meter();
        this.configurations = content.configurations();
        this.entered = content.entered().stream()
                .filter(each -> each.meter().equals(asked))
                .sorted(Comparator.comparing(LoggedExchange::logIndex).reversed())
                .toList();
    }

    /** A counter of the meter, for the form. */
    public record Register(String channel, String quantity, String unit, String step) {}

    /** An exchange that was entered, in words. */
    public record Row(String at, List<String> registers, String serials, String who, String state, String entry) {}

    public String getHeadline() {
        return words.text("exchange.headline", meter.name(), place.here().name());
    }

    public String getSites() {
        return place.to("sites");
    }

    public boolean isMayEnter() {
        return place.membership().roles().stream()
                .anyMatch(role -> role.permissions().contains(Permission.CONFIGURE_METERING));
    }

    public String getAddress() {
        return "/data/tenants/" + place.tenant() + "/meter-exchanges";
    }

    public String getSite() {
        return place.here().id().value();
    }

    public String getMeter() {
        return meter.id();
    }

    public String getSerial() {
        return meter.serial();
    }

    public String getZone() {
        return zone.getId();
    }

    public String getAtLabel() {
        return words.text("exchange.at", zone.getId());
    }

    /** No later than now, as the form's field wants it. */
    public String getLatest() {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").format(now.atZone(zone));
    }

    public List<Register> getRegisters() {
        return meter.channels().stream()
                .filter(channel -> channel.counter() && !channel.isFloat())
                .map(channel -> new Register(
                        channel.id().value(),
                        words.textOr("quantity." + channel.quantity(), channel.quantity()),
                        channel.unit().equals("m3") ? "m³" : channel.unit(),
                        channel.multiplier().toPlainString()))
                .toList();
    }

    public List<Row> getRows() {
        return entered.stream()
                .map(each -> new Row(
                        words.moment(each.at(), zone),
                        each.registers().stream()
                                .map(register -> words.textOr(
                                                "quantity." + register.channel().quantity(),
                                                register.channel().quantity())
                                        + ": "
                                        + shown(
                                                register,
                                                register.oldFinalCount(),
                                                each.at().minusMillis(1)) + " → "
                                        + shown(register, register.newInitialCount(), each.at()))
                                .toList(),
                        List.of(each.oldSerial(), each.newSerial()).stream()
                                .map(serial -> serial.isEmpty() ? "–" : serial)
                                .collect(Collectors.joining(" → ")),
                        each.technician() + ": " + each.reason(),
                        words.text("exchange.state."
                                + (!each.inForce() && !each.withdrawn()
                                        ? "replaced"
                                        : each.withdrawn() ? "withdrawn" : "counts")),
                        words.whole(each.logIndex())))
                .toList();
    }

    private String shown(LoggedExchange.Register register, long count, Instant at) {
        Optional<Channel> scale =
                SiteConfiguration.inForce(configurations, at).flatMap(each -> each.channel(register.channel()));
        Optional<BigDecimal> value = scale.flatMap(channel -> channel.scaled(count));
        return value.map(number -> words.number(number, Math.max(0, number.scale())) + " "
                        + scale.orElseThrow().unit())
                .orElseGet(() -> words.whole(count));
    }
}
