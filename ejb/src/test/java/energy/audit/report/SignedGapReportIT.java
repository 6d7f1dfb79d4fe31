package energy.audit.report;

import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.consumption.Consumption;
import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.ReportFigures;
import energy.audit.evidence.wire.SignedGap;
import energy.audit.gap.Gaps;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.verifier.VerifyCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A hole that a person has signed for, in the report and before the auditor's program. */
class SignedGapReportIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 3, 31);
    private static final Instant FROM =
            LocalDate.of(2025, 3, 30).atTime(20, 0).atZone(ZONE).toInstant();
    private static final Instant TO =
            LocalDate.of(2025, 4, 2).atTime(8, 0).atZone(ZONE).toInstant();

    @TempDir
    private Path folder = Path.of("");

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");

    @Test
    @Promise("report.R2")
    void theGapIsPrintedAndProvenAndAnOldReportDoesNotKnowIt() throws Exception {
        plant.logDays(FIRST, LAST.plusDays(4), at -> !at.isAfter(FROM) || !at.isBefore(TO));
        LogSize then = house.in(plant.tenant, () -> house.log.size());
        Gaps gaps = new Gaps(
                house.tenancy,
                house.access,
                house.log,
                house.metering,
                house.ingest,
                new Consumption(house.tenancy, house.access, house.metering, house.ingest, house.clock),
                house.clock);
        long entry = house.in(
                plant.tenant,
                () -> gaps.sign(SignedGap.newBuilder()
                        .setTenant("acme")
                        .setSite("hall")
                        .setFromMs(FROM.toEpochMilli())
                        .setToMs(TO.toEpochMilli())
                        .setReason("lightning struck the cabinet")
                        .build()));

        Path zip = issue(ReportFormat.CSV, LogSize.NEWEST);
        Path pdf = issue(ReportFormat.PDF, LogSize.NEWEST);
        Files.copy(pdf, Path.of("target", "signed-gap.pdf"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        ReportFigures figures = figures(zip);
        assertThat(figures.getSignedGapsList()).containsExactly(entry);
        Figure main = figures.getFiguresList().stream()
                .filter(figure -> figure.getChannel().equals(MAIN.value()))
                .findFirst()
                .orElseThrow();
        assertThat(main.getQuality()).as("signing for it fills nothing").isEqualTo("missing");
        String words =
                "No data of all meters of hall from 2025-03-30T18:00:00Z to 2025-04-02T06:00:00Z, signed by test:"
                        + " lightning struck the cabinet (log entry " + entry + ")";
        assertThat(verdict(zip, "--explain", main.getId())).startsWith("0 ").contains("signed gap   " + words);
        assertThat(verdict(pdf)).startsWith("0 ").contains(words);

        Path before = issue(ReportFormat.CSV, then);
        assertThat(verdict(before)).startsWith("0 ").doesNotContain("lightning");
        assertThat(figures(before).getSignedGapsList()).isEmpty();
    }

    private Path issue(ReportFormat format, LogSize size) throws Exception {
        Reports reports = new Reports(
                house.access,
                house.log,
                house.ingest,
                house.performance,
                house.variables,
                house.logKey,
                TestKeys.reportKey(),
                house.clock);
        ReportRequest request =
                new ReportRequest(Optional.empty(), FIRST, LAST, format, size, Optional.empty(), Locale.ENGLISH);
        try (IssuedReport report = house.in(plant.tenant, () -> reports.issue(request))) {
            return Files.copy(report.file(), folder.resolve(UUID.randomUUID() + "." + format.extension()));
        }
    }

    private static ReportFigures figures(Path zip) throws Exception {
        return EvidenceBundle.parseFrom(Objects.requireNonNull(
                        SealedArchive.peek(Files.readAllBytes(zip)).get("evidence.pb")))
                .getFigures();
    }

    private static String verdict(Path file, String... options) {
        StringWriter said = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(file.toString());
        int exit = new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments.toArray(String[]::new));
        return exit + " " + said;
    }
}
