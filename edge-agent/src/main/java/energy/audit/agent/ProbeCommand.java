package energy.audit.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.agent.commission.CommissioningRecord;
import energy.audit.agent.commission.Probe;
import energy.audit.agent.config.Area;
import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Bus.SerialLine;
import energy.audit.agent.config.Bus.Transport;
import energy.audit.agent.config.DeviceProfiles;
import energy.audit.agent.config.WordOrder;
import energy.audit.agent.poll.ModbusBus;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        description = {
            "Reads up to four registers of a device and shows every decoding beside the value on the meter's display, names what",
            "is probably set wrongly, and proposes a profile. Exit status 1 if nothing answers or nothing agrees.",
            "",
            "Example: java -jar edge-agent.jar probe --host 10.0.4.21 --unit 7 --area input --address 0x48"
                    + " --shows 123456.78"
        })
final class ProbeCommand implements Callable<Integer> {
    /** Names sort by time; two probes of one register within a second are two records. */
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Option(names = "--host", description = "the device or gateway; or give --device")
    private @Nullable String host;

    @Option(names = "--port", defaultValue = "502", description = "TCP port (${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--rtu-over-tcp", description = "RTU frames through the socket, as serial device servers speak")
    private boolean rtuOverTcp;

    @Option(names = "--unit", defaultValue = "1", description = "unit id (${DEFAULT-VALUE})")
    private int unit;

    @Option(names = "--area", defaultValue = "holding", description = "holding or input (${DEFAULT-VALUE})")
    private String area = "holding";

    @Option(names = "--address", required = true, description = "first register, 0-based, decimal or 0x…")
    private @Nullable String address;

    @Option(names = "--timeout-ms", defaultValue = "1000", description = "(${DEFAULT-VALUE})")
    private int timeoutMs;

    @Option(names = "--device", paramLabel = "PORT", description = "serial port, e.g. /dev/ttyUSB0")
    private @Nullable String device;

    @Option(names = "--baud", defaultValue = "19200", description = "(${DEFAULT-VALUE})")
    private int baud;

    @Option(names = "--parity", defaultValue = "even", description = "none, even or odd (${DEFAULT-VALUE})")
    private String parity = "even";

    @Option(names = "--shows", paramLabel = "VALUE", description = "the value on the meter's display, all its digits")
    private @Nullable BigDecimal shows;

    @Option(names = "--word-order", defaultValue = "big", description = "as the manual states it (${DEFAULT-VALUE})")
    private String wordOrder = "big";

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description =
                    "signs a record of the outcome with the agent's key, in DIR/commissioning: the agent's next batch"
                            + " carries it to the log; knows DIR/profiles")
    private @Nullable Path config;

    @Option(names = "--by", paramLabel = "NAME", description = "who reads the display, for the record")
    private String by = System.getProperty("user.name", "");

    @Option(
            names = "--channel",
            paramLabel = "ID",
            description = "{site}.{meter}.{quantity} it will be, for the record")
    private @Nullable String channel;

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if ((host == null) == (device == null)) {
            System.err.println("ERR give either --host or --device");
            return 2;
        }
        List<ModbusBus> opened = new ArrayList<>();
        try {
            LinkedHashMap<String, Probe.Line> lines = new LinkedHashMap<>();
            List<String> parities = new ArrayList<>(List.of(parity));
            if (device != null) {
                Stream.of("none", "even", "odd").filter(p -> !p.equals(parity)).forEach(parities::add);
            }
            for (String tried : parities) {
                ModbusBus bus = new ModbusBus(bus(tried), Duration.ofMillis(timeoutMs));
                opened.add(bus);
                lines.put("parity " + tried, (unit, area, address, quantity) -> {
                    opened.stream().filter(other -> other != bus).forEach(ModbusBus::close);
                    return bus.read(unit, area, address, quantity);
                });
            }
            Probe.Question question = new Probe.Question(
                    unit,
                    Area.named(area),
                    Integer.decode(Objects.requireNonNull(address)),
                    Optional.ofNullable(shows),
                    WordOrder.named(wordOrder));
            Probe.Finding finding = new Probe(lines, profiles()).examine(question);
            ObjectNode outcome = ProbeReport.json(question, finding);
            if (json) {
                System.out.println(
                        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(outcome));
            } else {
                ProbeReport.print(question, finding);
            }
            if (config != null) {
                sign(question, outcome);
            }
            return finding.answer().isPresent() || shows != null && !finding.agrees() ? 1 : 0;
        } catch (IllegalArgumentException e) {
            System.err.println("ERR " + e.getMessage());
            return 2;
        } finally {
            opened.forEach(ModbusBus::close);
        }
    }

    private Bus bus(String withParity) {
        boolean serial = device != null;
        Transport transport = serial ? Transport.RTU : rtuOverTcp ? Transport.RTU_OVER_TCP : Transport.TCP;
        SerialLine line = new SerialLine(device == null ? "" : device, baud, 8, withParity, 1);
        return new Bus("probe", transport, host == null ? "" : host, serial ? 0 : port, line, 0, List.of());
    }

    private DeviceProfiles profiles() {
        return config == null ? DeviceProfiles.bundled() : DeviceProfiles.besides(new AgentHome(config).modbusYaml());
    }

    private void sign(Probe.Question question, ObjectNode outcome) throws IOException {
        AgentHome home = new AgentHome(Objects.requireNonNull(config));
        Instant at = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        outcome.put("at", at.toString())
                .put("by", by)
                .put("channel", channel)
                .put("reachedAt", bus(parity).endpoint());
        Path file = home.commissioning()
                .resolve(FILE_TIME.format(at) + "-unit-" + question.unit() + "-" + question.address() + ".json");
        CommissioningRecord.write(file, outcome, home.key());
        System.err.println("signed record: " + file);
    }
}
