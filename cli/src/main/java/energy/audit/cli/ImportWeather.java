package energy.audit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.analysis.table.BadRows;
import energy.audit.analysis.variable.TemperatureText;
import energy.audit.analysis.variable.TemperatureText.Stamp;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Hands outdoor temperatures in. */
@Command(
        name = "import-weather",
        mixinStandardHelpOptions = true,
        description = {
            "Enters temperatures of a weather station in the tenant's log, degrees Celsius: all rows or none. Columns:",
            "timestamp,temperature (means of an hour, with offset or on the site's clock) or date,temperature (means of a",
            "day). A row for a time that has a value is its correction; an empty temperature takes it back. The same",
            "--import-id again is the same delivery and makes no second entry."
        },
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Example: energy-audit import-weather --tenant demo-castings --site foundry-north --station berlin-dahlem \\",
            "             --source dwd --import-id 2026-11 --stamp end --file november.csv"
        })
final class ImportWeather implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "the tenant")
    private String tenant = "";

    @Option(names = "--site", required = true, paramLabel = "S", description = "the site")
    private String site = "";

    @Option(names = "--station", required = true, paramLabel = "NAME", description = "the weather station")
    private String station = "";

    @Option(names = "--source", required = true, paramLabel = "NAME", description = "who has measured")
    private String source = "";

    @Option(names = "--import-id", required = true, paramLabel = "ID", description = "the number of the delivery")
    private String importId = "";

    @Option(
            names = "--stamp",
            paramLabel = "start|end",
            description = "which end of its hour a timestamp is (default start)")
    private String stamp = "start";

    @Option(
            names = "--file",
            required = true,
            paramLabel = "F.csv",
            description = "timestamp,temperature or date,temperature")
    private Path file = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", description = "data folder of the stack (default .energy-audit)")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--dry-run", description = "read the file and send nothing")
    private boolean dryRun;

    @Option(names = "--json", description = "one JSON document instead of a sentence")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        String csv = text();
        int rows = readable(csv);
        if (dryRun) {
            spec.commandLine().getOut().println(file + ": " + rows + " rows can be read; nothing was sent.");
            return 0;
        }
        byte[] answer = Portal.of(data)
                .postText(
                        Portal.tenant(tenant) + "/weather?site=" + Portal.encoded(site) + "&station="
                                + Portal.encoded(station) + "&source=" + Portal.encoded(source) + "&importId="
                                + Portal.encoded(importId) + "&stamp=" + Portal.encoded(stamp),
                        "text/csv",
                        csv)
                .body();
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? new String(answer, StandardCharsets.UTF_8)
                                : rows + " rows of station " + station + ", " + source + " " + importId + ", are entry "
                                        + new ObjectMapper()
                                                .readTree(answer)
                                                .path("logIndex")
                                                .asText("(not told)")
                                        + " of the log of " + tenant + ".");
        return 0;
    }

    /** Times without an offset are read in UTC here; the server reads them on the site's clock, and judges again. */
    private int readable(String csv) {
        try {
            return TemperatureText.read(csv, ZoneOffset.UTC, Stamp.of(stamp)).size();
        } catch (BadRows e) {
            throw Refused.input(file.toString(), String.valueOf(e.getMessage()), "Correct the file; nothing was sent.");
        } catch (IllegalArgumentException e) {
            throw Refused.input("--stamp", String.valueOf(e.getMessage()), "Write --stamp start or --stamp end.");
        }
    }

    private String text() {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw Refused.input(file.toString(), "is not there", "Check the name.");
        } catch (CharacterCodingException e) {
            throw Refused.input(file.toString(), "is not UTF-8 text", "Save it as CSV in UTF-8.");
        } catch (IOException e) {
            throw Refused.input(file.toString(), "cannot be read: " + e, "Check the name and its permissions.");
        }
    }
}
