package energy.audit.web.metering;

import energy.audit.consumption.Consumption;
import energy.audit.consumption.SiteLive;
import energy.audit.kernel.LogSize;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is measured at the site, and what each register shows right now: to compare with the meter's own display. */
@Named("sites")
@RequestScoped
public class SitesPage {
    private final Words words;
    private final Place place;
    private final ZoneId zone;
    private final Content content;

    private record Content(
            SiteConfiguration newest, Map<String, SiteLive.ChannelLive> live, List<LoggedExchange> exchanges) {}

    @Inject
    SitesPage(Words words, Shell shell, Entrance entrance, Metering metering, Consumption consumption) {
        this.words = words;
        this.place = shell.place();
        this.zone = place.here().zone();
        this.content = entrance.in(place.tenant(), () -> {
            List<SiteConfiguration> all = metering.configurations(place.here().id(), LogSize.NEWEST);
            return new Content(
                    all.get(all.size() - 1),
                    consumption.live(place.here().id()).meters().stream()
                            .flatMap(meter -> meter.values().stream())
                            .collect(Collectors.toMap(SiteLive.ChannelLive::channel, Function.identity())),
                    metering.exchanges(place.here().id(), LogSize.NEWEST));
        });
    }

    /** A meter with its channels. */
    public record MeterRow(
            String id,
            String name,
            String source,
            String sourceText,
            String parent,
            String serial,
            List<ChannelRow> channels,
            String exchange) {}

    /** A channel with its newest reading. */
    public record ChannelRow(
            String id, String quantity, String scale, String encoding, String count, String value, String at) {}

    public String getHeadline() {
        long channels = content.newest().meters().stream()
                .mapToLong(meter -> meter.channels().size())
                .sum();
        return words.text(
                "sites.headline",
                content.newest().meters().size(),
                channels,
                place.here().name());
    }

    public String getBasis() {
        return words.text(
                "sites.basis",
                words.whole(content.newest().logIndex()),
                words.moment(content.newest().effectiveFrom(), zone),
                zone.getId());
    }

    public List<MeterRow> getMeters() {
        Map<String, String> names =
                content.newest().meters().stream().collect(Collectors.toMap(Meter::id, Meter::name));
        return content.newest().meters().stream()
                .map(meter -> new MeterRow(
                        meter.id(),
                        meter.name(),
                        meter.energySource(),
                        words.textOr("source." + meter.energySource(), meter.energySource()),
                        meter.parent()
                                .map(id -> names.getOrDefault(id, id))
                                .orElse(meter.energySource().equals("none") ? "–" : words.text("sites.boundary")),
                        serial(meter),
                        meter.channels().stream().map(this::row).toList(),
                        place.to("exchange") + "?meter=" + URLEncoder.encode(meter.id(), StandardCharsets.UTF_8)))
                .toList();
    }

    /** Of the meter that is in place now: a later exchange knows it better than the configuration. */
    private String serial(Meter meter) {
        return content.exchanges().stream()
                .filter(each -> each.inForce()
                        && each.meter().equals(meter.id())
                        && !each.newSerial().isEmpty())
                .filter(each -> each.at().isAfter(content.newest().effectiveFrom()))
                .max(Comparator.comparing(LoggedExchange::at))
                .map(LoggedExchange::newSerial)
                .orElse(meter.serial());
    }

    private ChannelRow row(Channel channel) {
        SiteLive.ChannelLive live = content.live().get(channel.id().value());
        return new ChannelRow(
                channel.id().value(),
                words.textOr("quantity." + channel.quantity(), channel.quantity()),
                channel.multiplier().toPlainString() + " " + unit(channel.unit())
                        + (channel.offset().signum() == 0
                                ? ""
                                : (channel.offset().signum() > 0 ? " + " : " − ")
                                        + channel.offset().abs().toPlainString()),
                channel.encoding(),
                live == null ? "–" : channel.isFloat() ? "float" : words.whole(live.count()),
                live == null
                        ? "–"
                        : live.value()
                                .map(value -> words.number(value) + " " + unit(channel.unit()))
                                .orElse("–"),
                live == null ? words.text("evidence.never") : words.moment(live.at(), zone));
    }

    private static String unit(String unit) {
        return switch (unit) {
            case "m3" -> "m³";
            case "degC" -> "°C";
            case "1" -> "";
            default -> unit;
        };
    }
}
