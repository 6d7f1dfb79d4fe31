package energy.audit.web.fleet;

import energy.audit.fleet.DeviceCounts;
import energy.audit.fleet.DeviceState;
import energy.audit.fleet.Fleet;
import energy.audit.web.rest.Entrance;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Devices behind the agents: how many of their requests fail, why, and what to do. */
@Named("devices")
@RequestScoped
public class DevicesPanel {
    private static final Duration RECENT = Duration.ofHours(24);

    private final Words words;
    private final FleetWords fleetWords;
    private final ZoneId zone;
    private final List<DeviceState> devices;

    @Inject
    DevicesPanel(Words words, Shell shell, Entrance entrance, Fleet fleet) {
        Place place = shell.place();
        this.words = words;
        this.fleetWords = new FleetWords(words);
        this.zone = place.here().zone();
        this.devices = entrance.in(place.tenant(), () -> fleet.devices(RECENT));
    }

    /** A device, in words. */
    public record Row(
            String device,
            String agent,
            String state,
            String tone,
            String rate,
            String kinds,
            String cause,
            String next,
            String lastFailed) {}

    public String getHeadline() {
        long failing = devices.stream().filter(d -> !d.lastCause().isEmpty()).count();
        return failing == 0
                ? words.text("devices.headline.good", devices.size())
                : words.text("devices.headline", failing, devices.size());
    }

    /** Those that fail now first, then the ones that failed most. */
    public List<Row> getRows() {
        return devices.stream()
                .sorted(Comparator.comparing((DeviceState d) -> d.lastCause().isEmpty())
                        .thenComparing(d -> -d.recent().errorRate())
                        .thenComparing(d -> d.agent().value())
                        .thenComparing(DeviceState::device))
                .map(this::row)
                .toList();
    }

    private Row row(DeviceState device) {
        boolean failing = !device.lastCause().isEmpty();
        return new Row(
                device.device(),
                device.agent().value(),
                words.text(failing ? "devices.state.failing" : "devices.state.good"),
                failing ? "warn" : "good",
                fleetWords.rate(device.recent().errorRate()),
                kinds(device.recent()),
                failing
                        ? words.textOr("devices.cause." + device.lastCause(), device.lastCause())
                                + (device.lastFailure().isEmpty() ? "" : " (" + device.lastFailure() + ")")
                        : "–",
                failing ? words.textOr("devices.next." + device.lastCause(), words.text("devices.next.other")) : "–",
                device.lastFailedAt().map(at -> words.moment(at, zone)).orElse(words.text("evidence.never")));
    }

    /** 12 no answer, 3 garbled. */
    private String kinds(DeviceCounts counts) {
        List<String> kinds = new ArrayList<>();
        kind(kinds, "devices.kind.timeouts", counts.timeouts());
        kind(kinds, "devices.kind.crc", counts.crcErrors());
        kind(kinds, "devices.kind.refusals", counts.refusals());
        kind(kinds, "devices.kind.connection", counts.noConnection());
        String of = words.text("devices.kind.of", words.whole(counts.reads() + counts.failures()));
        return kinds.isEmpty() ? of : String.join(", ", kinds) + " " + of;
    }

    private void kind(List<String> kinds, String key, long count) {
        if (count > 0) {
            kinds.add(words.text(key, words.whole(count)));
        }
    }
}
