package energy.audit.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.agent.config.Area;
import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Bus.SerialLine;
import energy.audit.agent.config.Bus.Transport;
import energy.audit.agent.config.RegisterType;
import energy.audit.agent.config.WordOrder;
import energy.audit.agent.poll.Answer;
import energy.audit.agent.poll.ModbusBus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        description = {
            "Reads up to four registers of a device and shows every decoding, to be compared with the meter's display.",
            "",
            "Example: java -jar edge-agent.jar probe --host 10.0.4.21 --unit 7 --area input --address 0x48"
        })
final class ProbeCommand implements Callable<Integer> {
    @Option(names = "--host", required = true, description = "the device or gateway")
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

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    private record Decoding(RegisterType type, WordOrder order, long count) {}

    @Override
    public Integer call() throws IOException {
        Bus bus = new Bus(
                "probe",
                rtuOverTcp ? Transport.RTU_OVER_TCP : Transport.TCP,
                Objects.requireNonNull(host),
                port,
                SerialLine.NONE,
                0,
                List.of());
        int start = Integer.decode(Objects.requireNonNull(address));
        try (ModbusBus line = new ModbusBus(bus, Duration.ofMillis(timeoutMs))) {
            Answer answer = null;
            for (int quantity = 4; quantity >= 1; quantity = quantity == 1 ? 0 : quantity / 2) {
                answer = line.read(unit, Area.named(area), start, quantity);
                if (answer instanceof Answer.Words words) {
                    show(start, words.values());
                    return 0;
                }
            }
            Answer.NoAnswer why = (Answer.NoAnswer) Objects.requireNonNull(answer);
            System.err.println("ERR " + why.cause() + " unit " + unit + ", register " + start + ": " + why.detail()
                    + ". Check host, unit id, area and address (0-based) against the meter's manual.");
            return 1;
        }
    }

    private void show(int start, int[] words) throws IOException {
        List<Decoding> decodings = new ArrayList<>();
        for (RegisterType type : RegisterType.values()) {
            if (type.words() <= words.length && !type.isAccumulator()) {
                int[] own = Arrays.copyOf(words, type.words());
                for (WordOrder order : WordOrder.values()) {
                    if (type.words() > 1 || order == WordOrder.BIG || order == WordOrder.BIG_BYTE_SWAPPED) {
                        decodings.add(new Decoding(type, order, type.count(order.bits(own))));
                    }
                }
            }
        }
        if (json) {
            printJson(start, words, decodings);
        } else {
            print(start, words, decodings);
        }
    }

    private static void print(int start, int[] words, List<Decoding> decodings) {
        StringBuilder raw = new StringBuilder();
        for (int word : words) {
            raw.append(String.format(Locale.ROOT, " %04X", word));
        }
        System.out.println("registers " + start + "…" + (start + words.length - 1) + ":" + raw);
        for (Decoding d : decodings) {
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %-20s %s%n",
                    d.type(),
                    d.order(),
                    d.type().shown(d.count()));
        }
    }

    private static void printJson(int start, int[] words, List<Decoding> decodings) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode document = mapper.createObjectNode().put("address", start);
        ArrayNode raw = document.putArray("words");
        Arrays.stream(words).forEach(raw::add);
        ArrayNode list = document.putArray("decodings");
        for (Decoding d : decodings) {
            list.addObject()
                    .put("type", d.type().name().toLowerCase(Locale.ROOT))
                    .put("wordOrder", d.order().word())
                    .put("count", d.count())
                    .put("value", d.type().shown(d.count()));
        }
        System.out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    }
}
