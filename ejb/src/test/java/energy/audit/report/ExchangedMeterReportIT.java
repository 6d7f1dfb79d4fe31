package energy.audit.report;

import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.PRESS;
import static energy.audit.LoggedPlant.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.ReportFigures;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.verifier.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A report over a meter exchange, judged by the auditor's program. */
class ExchangedMeterReportIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 3, 31);
    private static final Instant AT = Instant.parse("2025-03-12T09:37:00Z");

    @TempDir
    private Path folder = Path.of("");

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private Optional<Reports> reports = Optional.empty();

    @BeforeEach
    void keys() throws Exception {
        reports = Optional.of(new Reports(
                house.access,
                house.log,
                house.ingest,
                house.performance,
                house.variables,
                house.logKey,
                TestKeys.reportKey(),
                house.clock));
    }

    @Test
    @Promise("report.R2")
    void aMonthOverAnExchangeIsWhatBothMetersCountedAndTheFigureSaysSo() throws Exception {
        MeterExchange exchange = plant.exchangeMain(AT, 4_711);
        plant.logDays(FIRST, LAST.plusDays(1));
        long entry = house.in(plant.tenant, () -> house.metering.exchange(exchange, Optional.empty()));

        Path zip = issue(ReportFormat.CSV, LogSize.NEWEST);
        Path pdf = issue(ReportFormat.PDF, LogSize.NEWEST);

        Figure main = main(zip);
        String explained = verdict(zip, "--explain", main.getId());
        assertThat(explained).startsWith("0 ");
        assertThat(verdict(pdf)).startsWith("0 ");
        assertThat(main.getValue()).isEqualTo(truth());
        assertThat(main.getQuality()).isEqualTo("measured");
        assertThat(main.getNote())
                .contains("exchange at 2025-03-12T09:37:00Z: old meter ended at "
                        + exchange.getRegisters(0).getOldFinalCount() + ", new meter began at 4711");
        assertThat(explained)
                .contains("exchange     at 2025-03-12T09:37:00Z")
                .contains("(serial SN-main)")
                .contains("read by T. Nolan, because: calibration period over (log entry " + entry + ")");
    }

    @Test
    @Promise("report.R1")
    void anExchangeThatIsEnteredLaterLeavesTheEarlierReportAsItWas() throws Exception {
        MeterExchange exchange = plant.exchangeMain(AT, 4_711);
        plant.logDays(FIRST, LAST.plusDays(1));
        LogSize then = house.in(plant.tenant, () -> house.log.size());
        Figure before = main(issue(ReportFormat.CSV, LogSize.NEWEST));
        assertThat(before.getValue()).isNotEqualTo(truth());
        house.in(plant.tenant, () -> house.metering.exchange(exchange, Optional.empty()));

        assertThat(main(issue(ReportFormat.CSV, then))).isEqualTo(before);
        assertThat(main(issue(ReportFormat.CSV, LogSize.NEWEST)).getValue()).isEqualTo(truth());
    }

    @Test
    void aRecalibrationFromADateOnHoldsFromThatDateOnly() throws Exception {
        plant.logDays(FIRST, LAST.plusDays(1));
        Instant recalibrated = LocalDate.of(2025, 3, 16).atStartOfDay(ZONE).toInstant();
        MeteringConfiguration.Builder configuration =
                LoggedPlant.configuration("acme", recalibrated, "10.55").toBuilder();
        configuration.getMetersBuilder(1).getChannelsBuilder(0).setMultiplier("0.0102");
        plant.configure(configuration.build());

        Path zip = issue(ReportFormat.CSV, LogSize.NEWEST);

        assertThat(verdict(zip)).startsWith("0 ");
        Instant from = FIRST.atStartOfDay(ZONE).toInstant();
        Instant to = LAST.plusDays(1).atStartOfDay(ZONE).toInstant();
        BigDecimal before = BigDecimal.valueOf(
                        LoggedPlant.cumulated(PRESS, recalibrated) - LoggedPlant.cumulated(PRESS, from))
                .multiply(new BigDecimal("0.01"));
        BigDecimal after = BigDecimal.valueOf(
                        LoggedPlant.cumulated(PRESS, to) - LoggedPlant.cumulated(PRESS, recalibrated))
                .multiply(new BigDecimal("0.0102"));
        assertThat(of(PRESS, zip).getValue())
                .isEqualTo(before.add(after).setScale(1, RoundingMode.HALF_EVEN).toPlainString());
    }

    @Test
    @Promise("report.R1")
    void aRecalibrationBackwardsChangesOldFiguresAndAReportAsKnownBeforeStaysAsItWas() throws Exception {
        plant.logDays(FIRST, LAST.plusDays(1));
        LogSize then = house.in(plant.tenant, () -> house.log.size());
        Instant from = FIRST.atStartOfDay(ZONE).toInstant();
        Instant to = LAST.plusDays(1).atStartOfDay(ZONE).toInstant();
        BigDecimal counts = BigDecimal.valueOf(LoggedPlant.cumulated(PRESS, to) - LoggedPlant.cumulated(PRESS, from));
        Figure before = of(PRESS, issue(ReportFormat.CSV, LogSize.NEWEST));
        assertThat(before.getValue()).isEqualTo(printed(counts.multiply(new BigDecimal("0.01"))));
        MeteringConfiguration.Builder configuration = LoggedPlant.configuration("acme", from, "10.55").toBuilder();
        configuration.getMetersBuilder(1).getChannelsBuilder(0).setMultiplier("0.0102");

        plant.configure(configuration.build());

        Path newer = issue(ReportFormat.CSV, LogSize.NEWEST);
        assertThat(verdict(newer)).startsWith("0 ");
        assertThat(of(PRESS, newer).getValue()).isEqualTo(printed(counts.multiply(new BigDecimal("0.0102"))));
        Path asKnownBefore = issue(ReportFormat.CSV, then);
        assertThat(verdict(asKnownBefore)).startsWith("0 ");
        assertThat(of(PRESS, asKnownBefore)).isEqualTo(before);
    }

    private static String printed(BigDecimal energy) {
        return energy.setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    }

    private Path issue(ReportFormat format, LogSize size) throws IOException {
        ReportRequest request =
                new ReportRequest(Optional.empty(), FIRST, LAST, format, size, Optional.empty(), Locale.ENGLISH);
        try (IssuedReport report =
                house.in(plant.tenant, () -> reports.orElseThrow().issue(request))) {
            return Files.copy(report.file(), folder.resolve(java.util.UUID.randomUUID() + "." + format.extension()));
        }
    }

    private static String verdict(Path file, String... options) {
        StringWriter said = new StringWriter();
        List<String> arguments = new java.util.ArrayList<>(List.of(options));
        arguments.add(file.toString());
        int exit = new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments.toArray(String[]::new));
        return exit + " " + said;
    }

    private static Figure main(Path zip) throws Exception {
        return of(MAIN, zip);
    }

    private static Figure of(ChannelId channel, Path zip) throws Exception {
        byte[] evidence = Objects.requireNonNull(
                SealedArchive.peek(Files.readAllBytes(zip)).get("evidence.pb"));
        ReportFigures figures = EvidenceBundle.parseFrom(evidence).getFigures();
        return figures.getFiguresList().stream()
                .filter(figure -> figure.getChannel().equals(channel.value()))
                .findFirst()
                .orElseThrow();
    }

    private static String truth() {
        Instant from = FIRST.atStartOfDay(ZONE).toInstant();
        Instant to = LAST.plusDays(1).atStartOfDay(ZONE).toInstant();
        return BigDecimal.valueOf(LoggedPlant.cumulated(MAIN, to) - LoggedPlant.cumulated(MAIN, from), 1)
                .setScale(1, RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
