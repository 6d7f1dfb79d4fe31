package energy.audit.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.analysis.register.Consumption;
import energy.audit.analysis.register.IntervalConsumption;
import energy.audit.analysis.register.Quality;
import energy.audit.analysis.register.RegisterEvent;
import energy.audit.analysis.register.RegisterProfile;
import energy.audit.analysis.register.RegisterReading;
import energy.audit.analysis.register.RegisterTimeline;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Commands about register readings. */
@Command(
        name = "registers",
        mixinStandardHelpOptions = true,
        description = "Register readings and what they mean.",
        exitCodeOnInvalidInput = 2,
        subcommands = Registers.Intervals.class,
        footer = {"", "Example: energy-audit registers intervals --data meter.csv --interval PT15M --zone Europe/Berlin"
        })
final class Registers implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command: intervals.");
    }

    /** Register readings of a file to interval consumption. */
    @Command(
            name = "intervals",
            mixinStandardHelpOptions = true,
            description = {
                "Turns register readings (CSV: timestamp,register[,quality]) into interval consumption.",
                "An interval without a reading near its ends is estimated or missing, never zero.",
                "The total is the consumption from the first reading to the last."
            },
            exitCodeOnInvalidInput = 2,
            footer = {
                "",
                "Example: energy-audit registers intervals --data meter.csv --interval PT15M --zone Europe/Berlin --digits 6 --json"
            })
    static final class Intervals implements Callable<Integer> {
        private static final Duration LONGEST_TOLERANCE = Duration.ofSeconds(5);

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Option(names = "--data", required = true, paramLabel = "F.csv", description = "the readings")
        private Path data = Path.of("");

        @Option(
                names = "--interval",
                required = true,
                paramLabel = "PT15M",
                description = "PT15M, PT1H, P1D, P1M, or any that divides a day")
        private String interval = "";

        @Option(
                names = "--zone",
                required = true,
                paramLabel = "Z",
                description = "where days begin, such as Europe/Berlin")
        private String zone = "";

        @Option(
                names = "--digits",
                paramLabel = "N",
                description = "digits of the register before the point: it rolls over at 10^N")
        private Optional<Integer> digits = Optional.empty();

        @Option(
                names = "--max-per-hour",
                paramLabel = "X",
                description = "the most it can advance in an hour, from the rated power; tells rollover from reset")
        private Optional<BigDecimal> maxPerHour = Optional.empty();

        @Option(
                names = "--max-gap",
                defaultValue = "P1D",
                paramLabel = "PT2H",
                description = "longest gap inside which intervals are estimated; in longer ones they are missing "
                        + "(default P1D)")
        private String maxGap = "P1D";

        @Option(
                names = "--unit",
                defaultValue = "kWh",
                paramLabel = "U",
                description = "unit of the register (default kWh)")
        private String unit = "kWh";

        @Option(names = "--json", description = "one JSON document instead of a table")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            ReadingsFile file = ReadingsFile.read(data, place());
            List<RegisterReading> readings = file.readings();
            IntervalGrid grid = IntervalGrid.of(interval, place());
            Instant from = readings.get(0).at();
            Instant to = readings.get(readings.size() - 1).at();
            RegisterTimeline timeline = RegisterTimeline.of(profile(file), readings, List.of());
            Consumption gridded = timeline.over(grid.boundaries(from, to));
            OptionalLong total =
                    from.isBefore(to) ? timeline.over(List.of(from, to)).total() : OptionalLong.empty();
            Consumption consumption = new Consumption(doubted(file, gridded.intervals()), total, gridded.events());
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? document(file, consumption) : table(file, consumption));
            out.flush();
            return 0;
        }

        private RegisterProfile profile(ReadingsFile file) {
            Duration typical = file.typicalDistance();
            Duration half = typical.dividedBy(2);
            return new RegisterProfile(
                    digits.map(n -> file.counts(BigDecimal.TEN.pow(digits(n)))).orElse(0L),
                    maxPerHour.map(file::countsRoundedUp).orElse(0L),
                    half.compareTo(LONGEST_TOLERANCE) < 0 ? half : LONGEST_TOLERANCE,
                    maxGap(),
                    typical.compareTo(Duration.ofMinutes(15)) > 0 ? typical : Duration.ofMinutes(15),
                    0);
        }

        private static int digits(int n) {
            if (n < 1 || n > 15) {
                throw Refused.input("--digits " + n, "is not between 1 and 15", "Count the digits before the point.");
            }
            return n;
        }

        private Duration maxGap() {
            try {
                return Duration.parse(maxGap);
            } catch (DateTimeException e) {
                throw Refused.input("--max-gap " + maxGap, "is no ISO 8601 duration", "Write PT2H or P1D.");
            }
        }

        private static List<IntervalConsumption> doubted(ReadingsFile file, List<IntervalConsumption> intervals) {
            return intervals.stream()
                    .map(i -> i.quality() == Quality.MEASURED && (file.doubtful(i.start()) || file.doubtful(i.end()))
                            ? new IntervalConsumption(i.start(), i.end(), i.counts(), Quality.ESTIMATED, i.coverage())
                            : i)
                    .toList();
        }

        private ZoneId place() {
            try {
                return ZoneId.of(zone);
            } catch (DateTimeException e) {
                throw Refused.input("--zone " + zone, "is no time zone", "Name one like Europe/Berlin.");
            }
        }

        private String document(ReadingsFile file, Consumption consumption) throws JsonProcessingException {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode document = mapper.createObjectNode().put("unit", unit);
            ArrayNode intervals = document.putArray("intervals");
            for (IntervalConsumption i : consumption.intervals()) {
                ObjectNode node =
                        intervals.addObject().put("start", local(i.start())).put("end", local(i.end()));
                if (i.counts().isPresent()) {
                    node.put("consumption", file.value(i.counts().getAsLong()));
                } else {
                    node.putNull("consumption");
                }
                node.put("quality", i.quality().name().toLowerCase(Locale.ROOT)).put("coverage", i.coverage());
            }
            if (consumption.total().isPresent()) {
                document.put("total", file.value(consumption.total().getAsLong()));
            } else {
                document.putNull("total");
            }
            ArrayNode events = document.putArray("events");
            for (RegisterEvent event : consumption.events()) {
                events.addObject()
                        .put("at", local(event.at()))
                        .put(
                                "kind",
                                event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .put("detail", event.detail());
            }
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        }

        private String table(ReadingsFile file, Consumption consumption) {
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT, "%-26s %-26s %14s  %-10s %s%n", "start", "end", unit, "quality", "coverage"));
            for (IntervalConsumption i : consumption.intervals()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%-26s %-26s %14s  %-10s %.3f%n",
                        local(i.start()),
                        local(i.end()),
                        i.counts().isPresent()
                                ? file.value(i.counts().getAsLong()).toPlainString()
                                : "no data",
                        i.quality().name().toLowerCase(Locale.ROOT),
                        i.coverage()));
            }
            text.append("total ")
                    .append(
                            consumption.total().isPresent()
                                    ? file.value(consumption.total().getAsLong())
                                                    .toPlainString() + " " + unit
                                    : "unknown: the register breaks between its first and its last reading");
            for (RegisterEvent event : consumption.events()) {
                text.append(System.lineSeparator())
                        .append(local(event.at()))
                        .append("  ")
                        .append(event.kind())
                        .append("  ")
                        .append(event.detail());
            }
            return text.toString();
        }

        private String local(Instant at) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(place()));
        }
    }
}
