package energy.audit.report;

import static energy.audit.LoggedPlant.GAS;
import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.PRESS;
import static energy.audit.LoggedPlant.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.GapCause;
import energy.audit.evidence.wire.ReportFigures;
import energy.audit.evidence.wire.ReportIssued;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.log.StoredEntry;
import energy.audit.verifier.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportsIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 2, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 4, 30);

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
    @Promise("report.R4")
    void aPdfOverThreeMonthsWithARolloverIsJudgedValidByTheAuditorsProgram() throws Exception {
        plant.logDays(FIRST, LAST.plusDays(1));
        LogSize before = house.in(plant.tenant, () -> house.log.size());

        Path pdf = issue(FIRST, LAST, ReportFormat.PDF, LogSize.NEWEST);

        Files.copy(pdf, Path.of("target", "issued-report.pdf"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(verdict(pdf)).startsWith("0 ");
        List<StoredEntry> issued =
                house.in(plant.tenant, () -> house.log.entries(EntryKind.REPORT_ISSUED, LogSize.NEWEST));
        assertThat(issued).singleElement().satisfies(entry -> {
            assertThat(entry.index()).isEqualTo(before.entries());
            assertThat(ReportIssued.parseFrom(entry.payload()).getLogSize()).isEqualTo(before.entries());
        });
    }

    @Test
    @Promise("report.R2")
    void theFiguresAreTheRegistersDifferencesAndTheSumsOverBoundaryMetersOnly() throws Exception {
        plant.logDays(FIRST, LAST.plusDays(1));

        Path zip = issue(FIRST, LAST, ReportFormat.CSV, LogSize.NEWEST);

        assertThat(verdict(zip)).startsWith("0 ");
        ReportFigures figures = figures(zip);
        assertThat(figures.getFiguresList())
                .allMatch(figure -> figure.getQuality().equals("measured"));
        for (Figure figure : figures.getFiguresList()) {
            if (figure.getFormula().equals("register-difference/v1")) {
                assertThat(figure.getValue()).as(figure.getLabel()).isEqualTo(expected(figure));
            }
        }
        Figure electricity = figures.getFiguresList().stream()
                .filter(figure -> figure.getFormula().equals("sum/v1")
                        && figure.getEnergySource().equals("electricity"))
                .reduce((one, other) -> other)
                .orElseThrow();
        assertThat(electricity.getTermsCount()).isEqualTo(1);
        String rows = new String(
                Objects.requireNonNull(
                        SealedArchive.peek(Files.readAllBytes(zip)).get("figures.csv")),
                StandardCharsets.UTF_8);
        assertThat(rows.split("\r\n")).hasSize(figures.getFiguresCount() + 1);
    }

    @Test
    @Promise("report.R1")
    void whatWasKnownAtALogSizeStaysTheSameWhateverComesLater() throws Exception {
        Instant hole = LocalDate.of(2025, 3, 1).atStartOfDay(ZONE).toInstant();
        plant.logDays(FIRST, LAST.plusDays(1), at -> !near(at, hole, 45));
        LogSize then = house.in(plant.tenant, () -> house.log.size());
        ReportFigures before = figures(issue(FIRST, LAST, ReportFormat.CSV, LogSize.NEWEST));

        plant.log(List.of(hole), Map.of());

        Path again = issue(FIRST, LAST, ReportFormat.CSV, then);
        assertThat(verdict(again)).startsWith("0 ");
        assertThat(figures(again).getFiguresList()).isEqualTo(before.getFiguresList());
        assertThat(figures(again).getLogRoot()).isEqualTo(before.getLogRoot());
        assertThat(before.getFiguresList())
                .anyMatch(figure -> figure.getQuality().equals("estimated"));
        Path now = issue(FIRST, LAST, ReportFormat.CSV, LogSize.NEWEST);
        assertThat(verdict(now)).startsWith("0 ");
        assertThat(figures(now).getFiguresList())
                .allMatch(figure -> figure.getQuality().equals("measured"));
    }

    @Test
    @Promise("report.R1")
    void aLaterReportExplainsLineByLineWhatHasChangedSinceAndTheEarlierOneIsReproduced() throws Exception {
        Instant hole = LocalDate.of(2025, 3, 1).atStartOfDay(ZONE).toInstant();
        plant.logDays(FIRST, LAST.plusDays(1), at -> !near(at, hole, 45));
        LogSize then = house.in(plant.tenant, () -> house.log.size());
        ReportFigures before = figures(issue(FIRST, LAST, ReportFormat.CSV, LogSize.NEWEST));
        plant.log(List.of(hole), Map.of());
        long late = house.in(plant.tenant, () -> house.log.size()).entries() - 1;
        long recalibrated = plant.configure(LoggedPlant.configuration(
                "acme", LocalDate.of(2025, 4, 1).atStartOfDay(ZONE).toInstant(), "11.2"));

        Path pdf = issue(FIRST, LAST, ReportFormat.PDF, LogSize.NEWEST, Optional.of(then));
        Path zip = issue(FIRST, LAST, ReportFormat.CSV, LogSize.NEWEST, Optional.of(then));

        Files.copy(pdf, Path.of("target", "changed-report.pdf"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(verdict(pdf)).startsWith("0 ");
        assertThat(verdict(zip)).startsWith("0 ");
        String changes = new String(
                Objects.requireNonNull(
                        SealedArchive.peek(Files.readAllBytes(zip)).get("changes.csv")),
                StandardCharsets.UTF_8);
        List<Figure> now = figures(zip).getFiguresList();
        int different = 0;
        for (int i = 0; i < now.size(); i++) {
            Figure old = before.getFigures(i);
            boolean same = now.get(i).getValue().equals(old.getValue())
                    && now.get(i).getQuality().equals(old.getQuality());
            assertThat(changes.contains(now.get(i).getId() + ","))
                    .as(now.get(i).getLabel())
                    .isNotEqualTo(same);
            different += same ? 0 : 1;
        }
        assertThat(different).isPositive().isLessThan(now.size());
        Figure gasInApril = of(GAS, figures(zip)).get(2);
        assertThat(changes)
                .contains(gasInApril.getId() + ",")
                .contains("measured," + gasInApril.getValue() + ",measured," + recalibrated)
                .contains(Long.toString(late));
        try (var document = org.apache.pdfbox.Loader.loadPDF(pdf.toFile())) {
            assertThat(new org.apache.pdfbox.text.PDFTextStripper().getText(document))
                    .contains("What has changed since log size " + then.entries())
                    .contains("figures differ");
        }
        Path again = issue(FIRST, LAST, ReportFormat.CSV, then);
        assertThat(figures(again).getFiguresList()).isEqualTo(before.getFiguresList());
        assertThatThrownBy(() -> issue(FIRST, LAST, ReportFormat.PDF, then, Optional.of(LogSize.of(late))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("later log size");
    }

    @Test
    void aMonthWithoutReadingsAtItsEndHasNoFigureAndNoZero() throws Exception {
        Instant hole = LocalDate.of(2025, 3, 1).atStartOfDay(ZONE).toInstant();
        plant.logDays(FIRST, LAST.plusDays(1), at -> !near(at, hole, 600));
        plant.logGap(hole.minusSeconds(36_000), hole.plusSeconds(36_060), GapCause.REQUEST_TIMEOUT);

        Path pdf = issue(FIRST, LAST, ReportFormat.PDF, LogSize.NEWEST);
        Path zip = issue(FIRST, LAST, ReportFormat.CSV, LogSize.NEWEST);

        Files.copy(pdf, Path.of("target", "gap-report.pdf"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(verdict(pdf)).startsWith("0 ");
        assertThat(verdict(zip)).startsWith("0 ");
        List<Figure> main = of(MAIN, figures(zip));
        assertThat(main).extracting(Figure::getQuality).containsExactly("missing", "missing", "measured", "measured");
        assertThat(main.get(0).getValue()).isEmpty();
        assertThat(main.get(3).getValue()).isEqualTo(expected(main.get(3)));
    }

    @Test
    @Promise("report.R2")
    void aResetInTheMiddleOfAMonthIsAttachedSoThatTheVerifierSeesItToo() throws Exception {
        LocalDate day = LocalDate.of(2025, 3, 12);
        Instant reset = day.atStartOfDay(ZONE).toInstant().plusSeconds(36_000);
        Instant end = LocalDate.of(2025, 4, 2).atStartOfDay(ZONE).toInstant();
        plant.logDays(FIRST, day.minusDays(1));
        long lost = LoggedPlant.cumulated(PRESS, reset);
        for (LocalDate each = day; each.isBefore(LocalDate.of(2025, 4, 2)); each = each.plusDays(1)) {
            Instant from = each.atStartOfDay(ZONE).toInstant();
            Instant to = each.plusDays(1).atStartOfDay(ZONE).toInstant();
            List<Instant> instants = java.util.stream.Stream.iterate(
                            from, at -> at.isBefore(to) && at.isBefore(end), at -> at.plusSeconds(900))
                    .toList();
            Map<Instant, Long> counts = new java.util.HashMap<>();
            instants.forEach(at -> counts.put(
                    at, at.isBefore(reset) ? LoggedPlant.count(PRESS, at) : LoggedPlant.count(PRESS, at) - lost));
            plant.log(instants, Map.of(PRESS, counts));
        }

        Path zip = issue(FIRST, LocalDate.of(2025, 3, 31), ReportFormat.CSV, LogSize.NEWEST);

        assertThat(verdict(zip)).startsWith("0 ");
        List<Figure> press = of(PRESS, figures(zip));
        assertThat(press).extracting(Figure::getQuality).containsExactly("measured", "partial", "partial");
        assertThat(press.get(1).getNote()).contains("reset");
    }

    @Test
    void gasIsCutWhereItsCalorificValueChanges() throws Exception {
        plant.logDays(FIRST, LAST.plusDays(1));
        Instant change = LocalDate.of(2025, 3, 16).atStartOfDay(ZONE).toInstant();
        plant.configure(LoggedPlant.configuration("acme", change, "11.2"));

        Path zip = issue(FIRST, LAST, ReportFormat.CSV, LogSize.NEWEST);

        assertThat(verdict(zip)).startsWith("0 ");
        Figure march = of(GAS, figures(zip)).get(1);
        BigDecimal before =
                difference(GAS, Instant.ofEpochMilli(march.getFromMs()), change).multiply(new BigDecimal("0.1055"));
        BigDecimal after =
                difference(GAS, change, Instant.ofEpochMilli(march.getToMs())).multiply(new BigDecimal("0.112"));
        assertThat(march.getValue())
                .isEqualTo(before.add(after).setScale(1, RoundingMode.HALF_EVEN).toPlainString());
    }

    @Test
    void aChangedByteAnywhereInEitherFormatIsRefused() throws Exception {
        plant.logDays(FIRST, FIRST.plusDays(2));
        Random random = new Random(20261123);
        for (ReportFormat format : ReportFormat.values()) {
            Path file = issue(FIRST, FIRST.plusDays(1), format, LogSize.NEWEST);
            byte[] honest = Files.readAllBytes(file);
            for (int i = 0; i < 12; i++) {
                byte[] forged = honest.clone();
                int at = random.nextInt(forged.length);
                forged[at] ^= (byte) (1 << random.nextInt(8));
                Path other = Files.write(folder.resolve("forged." + format.extension()), forged);
                assertThat(verdict(other)).as("byte %d of the %s", at, format).doesNotStartWith("0 ");
            }
        }
    }

    @Test
    void aSizeThatTheLogHasNotReachedAndAnUnknownSiteAreRefused() {
        plant.logDays(FIRST, FIRST.plusDays(1));

        assertThatThrownBy(() -> issue(FIRST, FIRST, ReportFormat.PDF, LogSize.of(1_000_000)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("1000000");
        ReportRequest elsewhere =
                ReportRequest.of(Optional.of(energy.audit.kernel.SiteId.of("nowhere")), FIRST, FIRST, ReportFormat.PDF);
        assertThatThrownBy(
                        () -> house.in(plant.tenant, () -> reports.orElseThrow().issue(elsewhere)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nowhere");
    }

    private Path issue(LocalDate from, LocalDate to, ReportFormat format, LogSize size) throws IOException {
        return issue(from, to, format, size, Optional.empty());
    }

    private Path issue(LocalDate from, LocalDate to, ReportFormat format, LogSize size, Optional<LogSize> comparedWith)
            throws IOException {
        ReportRequest request =
                new ReportRequest(Optional.empty(), from, to, format, size, comparedWith, Locale.ENGLISH);
        try (IssuedReport report =
                house.in(plant.tenant, () -> reports.orElseThrow().issue(request))) {
            return Files.copy(report.file(), folder.resolve(java.util.UUID.randomUUID() + "." + format.extension()));
        }
    }

    /** Exit status of the auditor's program, a space, and what it said. */
    private static String verdict(Path file) {
        StringWriter said = new StringWriter();
        int exit = new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(file.toString());
        return exit + " " + said;
    }

    private static ReportFigures figures(Path zip) throws Exception {
        byte[] evidence = Objects.requireNonNull(
                SealedArchive.peek(Files.readAllBytes(zip)).get("evidence.pb"));
        return EvidenceBundle.parseFrom(evidence).getFigures();
    }

    private static List<Figure> of(ChannelId channel, ReportFigures figures) {
        return figures.getFiguresList().stream()
                .filter(figure -> figure.getChannel().equals(channel.value()))
                .toList();
    }

    private static String expected(Figure figure) {
        ChannelId channel = ChannelId.of(figure.getChannel());
        String scale = channel.equals(MAIN)
                ? "0.1"
                : channel.equals(PRESS) ? "0.01" : channel.equals(GAS) ? "0.1055" : "0.001";
        return difference(channel, Instant.ofEpochMilli(figure.getFromMs()), Instant.ofEpochMilli(figure.getToMs()))
                .multiply(new BigDecimal(scale))
                .setScale(1, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static BigDecimal difference(ChannelId channel, Instant from, Instant to) {
        return BigDecimal.valueOf(LoggedPlant.cumulated(channel, to) - LoggedPlant.cumulated(channel, from));
    }

    private static boolean near(Instant at, Instant other, int minutes) {
        return Math.abs(at.getEpochSecond() - other.getEpochSecond()) < minutes * 60L;
    }
}
