package energy.audit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Hands production figures of another system in. */
@Command(
        name = "import-production",
        mixinStandardHelpOptions = true,
        description = {
            "Enters production figures in the tenant's log: all rows or none. Columns: variable,unit,from,to,value; plain",
            "dates are local to the site, 'to' included. A row for a period that has a value is its correction; an empty",
            "value takes it back. The same --import-id again is the same delivery and makes no second entry."
        },
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Example: energy-audit import-production --tenant demo-castings --site foundry-north --source erp \\",
            "             --import-id 2026-11 --file november.csv"
        })
final class ImportProduction implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "the tenant")
    private String tenant = "";

    @Option(names = "--site", required = true, paramLabel = "S", description = "the site")
    private String site = "";

    @Option(
            names = "--source",
            required = true,
            paramLabel = "NAME",
            description = "the system that the figures come from")
    private String source = "";

    @Option(
            names = "--import-id",
            required = true,
            paramLabel = "ID",
            description = "that system's number of the delivery")
    private String importId = "";

    @Option(names = "--file", required = true, paramLabel = "F.csv", description = "variable,unit,from,to,value")
    private Path file = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", description = "data folder of the stack (default .energy-audit)")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--dry-run", description = "read the file and send nothing")
    private boolean dryRun;

    @Option(names = "--json", description = "one JSON document instead of a sentence")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<Map<String, Object>> rows = rows();
        if (dryRun) {
            spec.commandLine().getOut().println(file + ": " + rows.size() + " rows can be read; nothing was sent.");
            return 0;
        }
        Map<String, Object> delivery = new LinkedHashMap<>();
        delivery.put("site", site);
        delivery.put("source", source);
        delivery.put("importId", importId);
        delivery.put("rows", rows);
        byte[] answer = Portal.of(data)
                .post(Portal.tenant(tenant) + "/production", delivery)
                .body();
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? new String(answer, StandardCharsets.UTF_8)
                                : rows.size() + " rows of " + source + " " + importId + " are entry "
                                        + new ObjectMapper()
                                                .readTree(answer)
                                                .path("logIndex")
                                                .asText("(not told)")
                                        + " of the log of " + tenant + ".");
        return 0;
    }

    private List<Map<String, Object>> rows() {
        Csv csv = Csv.read(file);
        List<String> columns = List.of("variable", "unit", "from", "to", "value");
        columns.forEach(csv::column);
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        for (Csv.Row row : csv.rows()) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (String column : columns) {
                String text = row.cells().get(csv.column(column)).trim();
                if (column.equals("value") && text.isEmpty()) {
                    values.put("withdrawn", true);
                } else {
                    values.put(column, text);
                }
                if (column.equals("value") && !text.isEmpty() && !text.matches("-?\\d+(\\.\\d+)?")) {
                    bad.add("row " + row.line() + ", column value: '" + text + "' is no number with a decimal point");
                }
                if ((column.equals("from") || column.equals("to"))
                        && Moment.of(text).isEmpty()) {
                    bad.add("row " + row.line() + ", column " + column + ": '" + text + "' is no ISO 8601 date");
                }
            }
            rows.add(values);
        }
        if (!bad.isEmpty() || rows.isEmpty()) {
            throw Refused.input(
                    file.toString(),
                    rows.isEmpty() ? "has no rows" : String.join("; ", bad),
                    "Correct the file; nothing was sent.");
        }
        return rows;
    }
}
