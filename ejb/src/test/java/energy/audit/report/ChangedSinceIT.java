package energy.audit.report;

import static energy.audit.LoggedPlant.GAS;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An old report comes out as it did, byte for byte, and a newer one says in words what has changed since. */
class ChangedSinceIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 2, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 4, 30);
    private static final Instant EXCHANGED = Instant.parse("2025-03-12T09:37:00Z");
    private static final Instant APRIL =
            LocalDate.of(2025, 4, 1).atStartOfDay(ZONE).toInstant();
    private static final Instant HOLE =
            LocalDate.of(2025, 3, 1).atStartOfDay(ZONE).toInstant();

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
    @Promise("report.R1")
    @Promise("report.R3")
    void lateDataARecalibrationAnExchangeAndAFactorLeaveAnOldReportAsItWasAndAreToldInANewOne() throws Exception {
        MeterExchange exchange = plant.exchangeMain(EXCHANGED, 4_711);
        plant.logDays(
                FIRST,
                LAST.plusDays(1),
                at -> Math.abs(Duration.between(at, HOLE).toMinutes()) > 44);
        LogSize then = house.in(plant.tenant, () -> house.log.size());
        byte[] zip = Files.readAllBytes(issue(ReportFormat.CSV, then, Optional.empty()));
        byte[] pdf = Files.readAllBytes(issue(ReportFormat.PDF, then, Optional.empty()));

        plant.log(List.of(HOLE), Map.of());
        long late = newest();
        assertReproduced(zip, pdf, then);
        assertTold(then, PRESS, 0, "late-readings", late, "late readings: log entry " + late);

        long recalibrated = plant.configure(configuration("0.0102", "10.55"));
        assertReproduced(zip, pdf, then);
        assertTold(
                then,
                PRESS,
                2,
                "recalibration",
                recalibrated,
                "recalibration: a count is 0.0102 kWh instead of 0.01 kWh from 2025-03-31 22:00:00 UTC on");

        long exchangedEntry = house.in(plant.tenant, () -> house.metering.exchange(exchange, Optional.empty()));
        assertReproduced(zip, pdf, then);
        assertTold(
                then,
                MAIN,
                1,
                "exchange",
                exchangedEntry,
                "meter exchange at 2025-03-12 09:37:00 UTC: old register ended at");

        long factor = plant.configure(configuration("0.0102", "11.2"));
        assertReproduced(zip, pdf, then);
        assertTold(then, GAS, 2, "factor", factor, "factor: 11.2 kWh for one m³ instead of 10.55 from");
        assertThat(verdict(issue(ReportFormat.PDF, LogSize.NEWEST, Optional.of(then))))
                .startsWith("0 ");

        LogSize counted = house.in(plant.tenant, () -> house.log.size());
        house.in(
                plant.tenant,
                () -> house.metering.exchange(
                        exchange.toBuilder()
                                .clearRegisters()
                                .setWithdrawn(true)
                                .setReason("it was the neighbour")
                                .build(),
                        Optional.empty()));
        assertReproduced(zip, pdf, then);
        assertThat(changes(counted).get(of(MAIN, LogSize.NEWEST, 1).getId())).contains("exchange");
    }

    @Test
    @Promise("report.R3")
    void atAnotherTimeOnlyIdTimeAndSignaturesDiffer() throws Exception {
        plant.logDays(FIRST, FIRST.plusDays(3));
        LogSize then = house.in(plant.tenant, () -> house.log.size());
        Map<String, byte[]> before =
                SealedArchive.peek(Files.readAllBytes(issue(ReportFormat.CSV, then, Optional.empty())));
        house.clock.advance(Duration.ofDays(40));
        Map<String, byte[]> later =
                SealedArchive.peek(Files.readAllBytes(issue(ReportFormat.CSV, then, Optional.empty())));

        assertThat(later.get("figures.csv")).isEqualTo(before.get("figures.csv"));
        EvidenceBundle one = EvidenceBundle.parseFrom(before.get("evidence.pb"));
        EvidenceBundle other = EvidenceBundle.parseFrom(later.get("evidence.pb"));
        assertThat(other.getFigures().getReportId())
                .isNotEqualTo(one.getFigures().getReportId());
        assertThat(timeless(other)).isEqualTo(timeless(one));
    }

    private static EvidenceBundle timeless(EvidenceBundle bundle) {
        EvidenceBundle.Builder timeless = bundle.toBuilder();
        timeless.getFiguresBuilder().clearReportId().clearIssuedAtMs();
        return timeless.build();
    }

    private void assertReproduced(byte[] zip, byte[] pdf, LogSize then) throws Exception {
        assertThat(Files.readAllBytes(issue(ReportFormat.CSV, then, Optional.empty())))
                .isEqualTo(zip);
        assertThat(unsigned(Files.readAllBytes(issue(ReportFormat.PDF, then, Optional.empty()))))
                .isEqualTo(unsigned(pdf));
    }

    /** The file but for the value of its signature, which is random by its kind. */
    private static byte[] unsigned(byte[] pdf) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        var range = java.util.regex.Pattern.compile("/ByteRange ?\\[0 (\\d+) (\\d+) (\\d+)")
                .matcher(text);
        int from = 0;
        int to = 0;
        while (range.find()) {
            from = Integer.parseInt(range.group(1));
            to = Integer.parseInt(range.group(2));
        }
        assertThat(to).isGreaterThan(from);
        byte[] unsigned = pdf.clone();
        Arrays.fill(unsigned, from, to, (byte) '0');
        return unsigned;
    }

    /** @param month 0 is the period's first */
    private void assertTold(LogSize then, ChannelId channel, int month, String cause, long entry, String words)
            throws Exception {
        Figure figure = of(channel, LogSize.NEWEST, month);
        String line = changes(then).get(figure.getId());
        assertThat(line).as("%s", changes(then)).isNotNull().contains(cause).contains(Long.toString(entry));
        Path pdf = issue(ReportFormat.PDF, LogSize.NEWEST, Optional.of(then));
        Files.copy(
                pdf, Path.of("target", "changed-" + cause + ".pdf"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (var document = Loader.loadPDF(pdf.toFile())) {
            String printed = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
            assertThat(printed).contains(words).contains("log entry " + entry);
        }
    }

    /** Lines of changes.csv by figure. */
    private Map<String, String> changes(LogSize then) throws Exception {
        byte[] file = Objects.requireNonNull(
                SealedArchive.peek(Files.readAllBytes(issue(ReportFormat.CSV, LogSize.NEWEST, Optional.of(then))))
                        .get("changes.csv"));
        Map<String, String> lines = new java.util.HashMap<>();
        for (String line : new String(file, StandardCharsets.UTF_8).split("\r\n")) {
            lines.put(line.substring(0, line.indexOf(',')), line);
        }
        return lines;
    }

    private Figure of(ChannelId channel, LogSize size, int month) throws Exception {
        byte[] evidence = Objects.requireNonNull(
                SealedArchive.peek(Files.readAllBytes(issue(ReportFormat.CSV, size, Optional.empty())))
                        .get("evidence.pb"));
        ReportFigures figures = EvidenceBundle.parseFrom(evidence).getFigures();
        return figures.getFiguresList().stream()
                .filter(figure -> figure.getChannel().equals(channel.value()))
                .toList()
                .get(month);
    }

    private static MeteringConfiguration configuration(String pressMultiplier, String gasFactor) {
        MeteringConfiguration.Builder configuration = LoggedPlant.configuration("acme", APRIL, gasFactor).toBuilder();
        configuration.getMetersBuilder(1).getChannelsBuilder(0).setMultiplier(pressMultiplier);
        return configuration.build();
    }

    private long newest() {
        return house.in(plant.tenant, () -> house.log.size()).entries() - 1;
    }

    private Path issue(ReportFormat format, LogSize size, Optional<LogSize> comparedWith) throws IOException {
        ReportRequest request =
                new ReportRequest(Optional.empty(), FIRST, LAST, format, size, comparedWith, Locale.ENGLISH);
        try (IssuedReport report =
                house.in(plant.tenant, () -> reports.orElseThrow().issue(request))) {
            return Files.copy(report.file(), folder.resolve(UUID.randomUUID() + "." + format.extension()));
        }
    }

    private static String verdict(Path file) {
        StringWriter said = new StringWriter();
        int exit = new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(file.toString());
        return exit + " " + said;
    }
}
