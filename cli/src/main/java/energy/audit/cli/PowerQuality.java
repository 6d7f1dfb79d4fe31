package energy.audit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.analysis.powerquality.RmsSeries;
import energy.audit.analysis.powerquality.VoltageEvent;
import energy.audit.analysis.powerquality.VoltageEvents;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Commands about power quality. */
@Command(
        name = "pq",
        mixinStandardHelpOptions = true,
        description = "Power quality records.",
        exitCodeOnInvalidInput = 2,
        subcommands = PowerQuality.Classify.class,
        footer = {"", "Example: energy-audit pq classify --comtrade fault.cfg"})
final class PowerQuality implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command: classify.");
    }

    /** Voltage events of a record. */
    @Command(
            name = "classify",
            mixinStandardHelpOptions = true,
            description = {
                "Finds sags, swells and interruptions, phase by phase, and names them as IEEE 1159 does.",
                "From a COMTRADE record (its .dat beside it), or from RMS values: a CSV with times (seconds or ISO 8601)",
                "in its first column and a column for each phase."
            },
            exitCodeOnInvalidInput = 2,
            footer = {
                "",
                "Examples: energy-audit pq classify --comtrade fault.cfg --json",
                "          energy-audit pq classify --rms half-cycles.csv --nominal 230 --frequency 50"
            })
    static final class Classify implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Option(names = "--comtrade", paramLabel = "F.cfg", description = "a COMTRADE record")
        private Optional<Path> comtrade = Optional.empty();

        @Option(names = "--rms", paramLabel = "F.csv", description = "RMS voltages, best each half cycle")
        private Optional<Path> rms = Optional.empty();

        @Option(
                names = "--nominal",
                paramLabel = "V",
                description = "nominal voltage in volts (with --comtrade: default from the record's first cycle)")
        private Optional<Double> nominal = Optional.empty();

        @Option(
                names = "--frequency",
                paramLabel = "HZ",
                description = "nominal frequency (with --comtrade: default from the record)")
        private Optional<Double> frequency = Optional.empty();

        @Option(names = "--json", description = "one JSON document instead of a table")
        private boolean json;

        @Override
        public Integer call() {
            positive("--nominal", nominal);
            positive("--frequency", frequency);
            if (comtrade.isPresent() == rms.isPresent()) {
                throw Refused.input("pq classify", "takes --comtrade or --rms, one of them", "See --help.");
            }
            VoltageRecord record = comtrade.isPresent()
                    ? VoltageRecord.ofComtrade(
                            comtrade.get(),
                            nominal,
                            frequency,
                            spec.commandLine().getErr()::println)
                    : VoltageRecord.ofRms(
                            rms.orElseThrow(), needed("--nominal", nominal), needed("--frequency", frequency));
            List<VoltageEvent> events = new ArrayList<>();
            for (RmsSeries phase : record.phases()) {
                events.addAll(VoltageEvents.USUAL.in(phase, record.nominal(), record.frequency()));
            }
            events.sort(Comparator.comparingDouble(VoltageEvent::startSeconds));
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? document(record, events) : table(record, events));
            out.flush();
            return 0;
        }

        private static void positive(String option, Optional<Double> value) {
            if (value.isPresent() && !(value.get() > 0 && Double.isFinite(value.get()))) {
                throw Refused.input(option + " " + value.get(), "is not above zero", "Write 230 or 50.");
            }
        }

        private static double needed(String option, Optional<Double> value) {
            return value.orElseThrow(() ->
                    Refused.input(option, "is missing; RMS values do not tell it", "Add it, as in " + option + " 50."));
        }

        private static String document(VoltageRecord record, List<VoltageEvent> events) {
            ObjectNode document = new ObjectMapper().createObjectNode().put("nominalVoltage", record.nominal());
            ArrayNode list = document.putArray("events");
            for (VoltageEvent event : events) {
                ObjectNode node = list.addObject()
                        .put("phase", event.phase())
                        .put("category", event.category().words());
                if (record.start().isPresent()) {
                    node.put("start", record.time(event.startSeconds()));
                } else {
                    node.put("start", event.startSeconds());
                }
                node.put("durationSeconds", rounded(event.durationSeconds()))
                        .put("durationCycles", rounded(event.durationSeconds() * record.frequency()))
                        .put("magnitudePercent", 100 * event.perUnit());
            }
            return document.toPrettyString();
        }

        /** To the nanosecond, so that differences of times print no noise. */
        private static double rounded(double value) {
            return Math.round(value * 1e9) / 1e9;
        }

        private static String table(VoltageRecord record, List<VoltageEvent> events) {
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "nominal %.6g V, %.6g Hz, %d phases, %d events%n",
                    record.nominal(),
                    record.frequency(),
                    record.phases().size(),
                    events.size()));
            for (VoltageEvent event : events) {
                text.append(String.format(
                        Locale.ROOT,
                        "%-8s %-26s %-28s %12.6f s %10.2f cycles %8.2f %%%s%n",
                        event.phase(),
                        event.category().words(),
                        record.time(event.startSeconds()),
                        event.durationSeconds(),
                        event.durationSeconds() * record.frequency(),
                        100 * event.perUnit(),
                        event.ended() ? "" : "  (the record ends first)"));
            }
            return text.toString().stripTrailing();
        }
    }
}
