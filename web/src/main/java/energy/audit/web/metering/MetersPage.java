package energy.audit.web.metering;

import energy.audit.access.Access;
import energy.audit.metering.Agent;
import energy.audit.metering.Channel;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import energy.audit.web.place.PortalFrame;
import energy.audit.web.signin.CallerOfRequest;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HexFormat;
import java.util.List;

/** What is measured at the site, and by which agents. */
@Named("metersPage")
@RequestScoped
public class MetersPage {
    @Inject
    @SuppressWarnings("NullAway.Init")
    PortalFrame frame;

    @Inject
    @SuppressWarnings("NullAway.Init")
    CallerOfRequest caller;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Metering metering;

    private List<Meter> meters = List.of();
    private List<Agent> agents = List.of();

    /** A register of a meter. */
    public record Row(
            String meter,
            String source,
            boolean sub,
            String serial,
            String channel,
            String unit,
            String kind,
            String scale) {}

    /** An enrolled agent. */
    public record AgentRow(String name, String site, String key, String since, String state, long logIndex) {}

    @PostConstruct
    void load() {
        access.inTenant(caller.caller(), frame.place().tenant(), () -> {
            meters = metering.meters(frame.place().site());
            agents = metering.agents();
        });
    }

    public int getMeterCount() {
        return meters.size();
    }

    public int getChannelCount() {
        return meters.stream().mapToInt(meter -> meter.channels().size()).sum();
    }

    public List<Row> getRows() {
        return meters.stream()
                .flatMap(meter -> meter.channels().stream().map(channel -> row(meter, channel)))
                .toList();
    }

    private static Row row(Meter meter, Channel channel) {
        return new Row(
                meter.name(),
                meter.energySource(),
                meter.parent().isPresent(),
                meter.serial(),
                channel.id().value(),
                channel.unit(),
                (channel.counter() ? "counter, " : "gauge, ") + channel.encoding(),
                "× " + channel.multiplier().toPlainString()
                        + (channel.offset().signum() == 0
                                ? ""
                                : " + " + channel.offset().toPlainString()));
    }

    public List<AgentRow> getAgents() {
        return agents.stream()
                .map(a -> new AgentRow(
                        a.id().value(),
                        a.site().value(),
                        HexFormat.of().formatHex(a.key().keyId()),
                        a.validFrom().atZone(frame.site().zone()).toLocalDate().toString(),
                        a.revoked() ? "revoked" : "enrolled",
                        a.logIndex()))
                .toList();
    }
}
