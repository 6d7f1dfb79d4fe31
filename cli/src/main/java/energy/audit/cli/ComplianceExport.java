package energy.audit.cli;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A signed report of a running stack, as a file. */
@Command(
        name = "compliance-export",
        mixinStandardHelpOptions = true,
        description = "Has a signed report issued, and saves it. It carries the evidence for every figure.",
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Example: energy-audit compliance-export --tenant demo-castings --site foundry-north \\",
            "             --from 2026-01-01 --to 2026-03-31 --format pdf --out first-quarter.pdf"
        })
final class ComplianceExport implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "the tenant, such as demo-castings")
    private String tenant = "";

    @Option(names = "--site", paramLabel = "S", description = "one site; without it all sites of the tenant")
    private Optional<String> site = Optional.empty();

    @Option(names = "--from", required = true, paramLabel = "D", description = "first day, local to the site")
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "D", description = "last day, local to the site")
    private String to = "";

    @Option(
            names = "--format",
            defaultValue = "pdf",
            paramLabel = "pdf|csv",
            description = "pdf (default) or csv (a zip)")
    private String format = "pdf";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "where to save it")
    private Path out = Path.of("");

    @Option(names = "--as-known-at", paramLabel = "N", description = "from the first N entries of the log only")
    private Optional<Long> asKnownAt = Optional.empty();

    @Option(
            names = "--compare-with",
            paramLabel = "N",
            description = "also explain, line by line, what has changed since the report on the first N entries")
    private Optional<Long> comparedWith = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "data folder of the stack (default .energy-audit)")
    private Optional<Path> data = Optional.empty();

    @Override
    public Integer call() {
        Map<String, Object> request = new LinkedHashMap<>();
        site.ifPresent(s -> request.put("site", s));
        request.put("from", from);
        request.put("to", to);
        request.put("format", format);
        asKnownAt.ifPresent(n -> request.put("asKnownAt", n));
        comparedWith.ifPresent(n -> request.put("comparedWith", n));
        HttpResponse<byte[]> report = Portal.of(data).post(Portal.tenant(tenant) + "/reports", request);
        save(report.body());
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: %d bytes, report %s%nrests on the first %s entries of the log, root %s%nCheck it: ./energy-audit verify %s%n",
                        out,
                        report.body().length,
                        header(report, "X-Report-Id"),
                        header(report, "X-Log-Size"),
                        header(report, "X-Log-Root"),
                        out);
        return 0;
    }

    /** Whole or not at all: a broken write leaves no half report under that name. */
    private void save(byte[] bytes) {
        Path target = out.toAbsolutePath();
        Path next = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.write(next, bytes);
            Files.move(next, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Refused.input(out.toString(), "cannot be written: " + e, "Choose another file with --out.");
        }
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("(not told)");
    }
}
