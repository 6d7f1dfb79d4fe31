package energy.audit.report;

import static energy.audit.LoggedPlant.GAS;
import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.POWER;
import static energy.audit.LoggedPlant.SITE;
import static energy.audit.LoggedPlant.WATER;
import static energy.audit.LoggedPlant.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.access.Caller;
import energy.audit.access.Role;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.report.EnpiFormula;
import energy.audit.consumption.DerivedHours;
import energy.audit.consumption.Resolution;
import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.performance.Adjustment;
import energy.audit.performance.Baseline;
import energy.audit.performance.Baseline.Factor;
import energy.audit.performance.EnpiDraft;
import energy.audit.performance.ExpectedRow;
import energy.audit.performance.RelevantVariable;
import energy.audit.performance.Savings;
import energy.audit.verifier.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a report says of an indicator is what the page and the interface say, and an auditor can compute it again. */
class IndicatorReportIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 3, 20);
    private static final LocalDate END = LocalDate.of(2025, 4, 2);
    private static final LocalDate HOLE = LocalDate.of(2025, 3, 27);

    @TempDir
    private Path folder = Path.of("");

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private Optional<Reports> reports = Optional.empty();

    @BeforeEach
    void people() throws Exception {
        reports = Optional.of(new Reports(
                house.access,
                house.log,
                house.ingest,
                house.performance,
                house.logKey,
                TestKeys.reportKey(),
                house.clock));
        Instant now = house.clock.instant();
        house.in(plant.tenant, () -> {
            house.access.grant("emma", Role.ENERGY_MANAGER, now, Optional.empty(), "test");
            house.access.grant("carl", Role.CONSULTANT, now, Optional.empty(), "test");
        });
    }

    @Test
    @Promise("report.R2")
    void energyExpectationAndSavingsArePrintedAsThePageHasThemAndJudgedValid() throws Exception {
        Instant from = HOLE.atStartOfDay(ZONE).toInstant();
        plant.logDays(FIRST, END, at -> at.isBefore(from.minusSeconds(6 * 3600)) || at.isAfter(from.plusSeconds(3600)));
        approved(ModelKind.LINEAR, "amount:" + WATER);

        Path zip = issue(ReportFormat.CSV);
        Path pdf = issue(ReportFormat.PDF);

        Files.copy(pdf, Path.of("target", "indicator-report.pdf"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(verdict(zip)).startsWith("0 ");
        assertThat(verdict(pdf)).startsWith("0 ");
        List<Figure> figures = figures(zip);
        LocalDate reporting = LAST.plusDays(1);
        LocalDate last = LocalDate.of(2025, 3, 31);
        List<ExpectedRow> rows =
                as("emma", () -> house.performance.values("hall-power", reporting, last, LogSize.NEWEST));
        List<Figure> energies = of(figures, EnpiFormula.ENERGY);
        List<Figure> expected = of(figures, EnpiFormula.EXPECTED);
        assertThat(energies).hasSize(rows.size()).hasSize(11);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(energies.get(i).getValue())
                    .isEqualTo(rows.get(i)
                            .row()
                            .energy()
                            .map(BigDecimal::toPlainString)
                            .orElse(""));
            assertThat(expected.get(i).getValue())
                    .isEqualTo(
                            rows.get(i).expected().isPresent()
                                    ? rounded(rows.get(i).expected().getAsDouble())
                                    : "");
        }
        assertThat(energies).filteredOn(figure -> figure.getValue().isEmpty()).hasSize(2);
        Savings savings = as(
                "emma",
                () -> house.performance.savings("hall-power", Method.FORECAST, reporting, last, LogSize.NEWEST));
        var performance = savings.figures().performance();
        assertThat(value(figures, EnpiFormula.SAVINGS)).isEqualTo(rounded(performance.savings()));
        assertThat(value(figures, EnpiFormula.ADJUSTED_BASELINE)).isEqualTo(rounded(performance.adjustedBaseline()));
        assertThat(new BigDecimal(value(figures, EnpiFormula.ACTUAL)))
                .isEqualByComparingTo(BigDecimal.valueOf(performance.actual()));
        assertThat(value(figures, EnpiFormula.SENPI)).isEqualTo(rounded(performance.senpi()));
        assertThat(value(figures, EnpiFormula.IMPROVEMENT)).isEqualTo(rounded(performance.improvementPercent()));
        assertThat(value(figures, EnpiFormula.UNCERTAINTY))
                .isEqualTo(rounded(performance.uncertainty().absolute()));
        List<Figure> cusum = of(figures, EnpiFormula.CUSUM);
        assertThat(cusum.get(cusum.size() - 1).getValue())
                .isEqualTo(rounded(-new BigDecimal(savingsInFull(rows)).doubleValue()));
        String rowsOfTable = new String(
                Objects.requireNonNull(
                        SealedArchive.peek(Files.readAllBytes(zip)).get("figures.csv")),
                StandardCharsets.UTF_8);
        assertThat(rowsOfTable).contains("enpi-savings/v1").contains(",hall-power,1,");
        assertThat(text(pdf))
                .contains("Power of the hall")
                .contains(ReportTexts.grouped(value(figures, EnpiFormula.SAVINGS)) + " "
                        + of(figures, EnpiFormula.SAVINGS).get(0).getId());
    }

    private static String savingsInFull(List<ExpectedRow> rows) {
        BigDecimal sum = BigDecimal.ZERO;
        for (ExpectedRow row : rows) {
            if (row.expected().isPresent()) {
                sum = sum.add(new BigDecimal(row.expected().getAsDouble()))
                        .subtract(row.row().energy().orElseThrow());
            }
        }
        return sum.toPlainString();
    }

    @Test
    void whileAReviewIsOpenNothingIsClaimedAndThePageSaysWhy() throws Exception {
        plant.logDays(FIRST, END);
        approved(ModelKind.LINEAR, "amount:" + WATER);
        as(
                "emma",
                () -> house.performance.changeStaticFactor(
                        "hall-power", "presses", "3", LocalDate.of(2025, 3, 25), "second-hand press bought"));

        Path pdf = issue(ReportFormat.PDF);
        Path zip = issue(ReportFormat.CSV);

        assertThat(verdict(pdf)).startsWith("0 ");
        assertThat(verdict(zip)).startsWith("0 ");
        assertThat(of(figures(zip), EnpiFormula.SAVINGS)).isEmpty();
        assertThat(of(figures(zip), EnpiFormula.UNCERTAINTY)).isEmpty();
        assertThat(of(figures(zip), EnpiFormula.ACTUAL)).hasSize(1);
        assertThat(text(pdf).replaceAll("\\s+", "")) // a line may end inside the date
                .contains("Areviewisopen")
                .contains("pressesis3since2025-03-25,was2:second-handpressbought");
    }

    @Test
    @Promise("report.R2")
    void approvedAdjustmentsAreInTheFiguresAndNamedWithTheirPersonsAndOthersChangeNothing() throws Exception {
        plant.logDays(FIRST, END);
        approved(ModelKind.LINEAR, "amount:" + WATER);
        LocalDate day = LocalDate.of(2025, 3, 24);
        Adjustment stopped = as(
                "emma",
                () -> house.performance.proposeAdjustment(
                        "hall-power", new BigDecimal("-431.5"), day, day.plusDays(1), "line 2 stood", "nameplate"));
        LogSize waiting = house.in(plant.tenant, () -> house.log.size());
        as("carl", () -> house.performance.decideAdjustment("hall-power", stopped.number(), true, "work order seen"));
        as(
                "emma",
                () -> house.performance.proposeAdjustment(
                        "hall-power", new BigDecimal("9999"), day, day, "second furnace", "estimate of the supplier"));

        Path before = issue(ReportFormat.CSV, waiting);
        Path zip = issue(ReportFormat.CSV);
        Path pdf = issue(ReportFormat.PDF);

        for (Path file : List.of(before, zip, pdf)) {
            assertThat(verdict(file)).startsWith("0 ");
        }
        Savings savings = as(
                "emma",
                () -> house.performance.savings(
                        "hall-power", Method.FORECAST, LAST.plusDays(1), LocalDate.of(2025, 3, 31), LogSize.NEWEST));
        assertThat(savings.counted()).extracting(Adjustment::number).containsExactly(stopped.number());
        var claimed = savings.figures().claimed();
        List<Figure> figures = figures(zip);
        assertThat(value(figures, EnpiFormula.ADJUSTMENTS)).isEqualTo("-431.5");
        assertThat(value(figures, EnpiFormula.SAVINGS)).isEqualTo(rounded(claimed.savings()));
        assertThat(value(figures, EnpiFormula.ADJUSTED_BASELINE)).isEqualTo(rounded(claimed.adjustedBaseline()));
        assertThat(value(figures, EnpiFormula.SENPI)).isEqualTo(rounded(claimed.senpi()));
        assertThat(value(figures, EnpiFormula.IMPROVEMENT)).isEqualTo(rounded(claimed.improvementPercent()));
        assertThat(value(figures, EnpiFormula.UNCERTAINTY))
                .isEqualTo(rounded(claimed.uncertainty().absolute()));
        assertThat(of(figures(before), EnpiFormula.ADJUSTMENTS)).isEmpty();
        assertThat(value(figures(before), EnpiFormula.SAVINGS))
                .isEqualTo(rounded(savings.figures().performance().savings()));
        assertThat(text(pdf).replaceAll("\\s+", ""))
                .contains("line2stood.nameplate.Proposedbyemma(logentry"
                        + stopped.proposal().logIndex() + "),approvedbycarl")
                .contains("Adjustment2(secondfurnace),proposedbyemma");
        for (Path file : List.of(before, zip, pdf)) {
            assertThat(second(file)).startsWith("0 ").contains("\"valid\": true");
        }
    }

    @Test
    void aRatioOfTwoSourcesIsPrintedWithoutAClaim() throws Exception {
        plant.logDays(FIRST, END);
        approved(ModelKind.RATIO, "amount:" + WATER);

        Path zip = issue(ReportFormat.CSV);

        assertThat(verdict(zip)).startsWith("0 ");
        List<Figure> figures = figures(zip);
        assertThat(of(figures, EnpiFormula.COEFFICIENT)).singleElement().satisfies(figure -> {
            assertThat(figure.getUnit()).isEqualTo("kWh/m3");
            assertThat(figure.getOf()).isEqualTo("water");
        });
        assertThat(of(figures, EnpiFormula.SAVINGS)).isEmpty();
        assertThat(of(figures, EnpiFormula.ADJUSTED_BASELINE)).hasSize(1);
    }

    @Test
    void anIndicatorOverAGaugeHasAChapterThatSaysWhyItHasNoFigures() throws Exception {
        plant.logDays(FIRST, END);
        approved(ModelKind.LINEAR, "mean:" + POWER);

        Path pdf = issue(ReportFormat.PDF);

        assertThat(verdict(pdf)).startsWith("0 ");
        assertThat(text(pdf)).contains("Power of the hall").contains("mean of a gauge");
    }

    @Test
    @Promise("report.R1")
    void aBaselineStandsOnWhatWasKnownWhenItWasProposedWhateverCameLater() throws Exception {
        Instant hole = LocalDate.of(2025, 3, 9).atStartOfDay(ZONE).toInstant();
        plant.logDays(FIRST, END, at -> at.isBefore(hole.minusSeconds(1800)) || at.isAfter(hole.plusSeconds(1800)));
        approved(ModelKind.LINEAR, "amount:" + WATER);
        LogSize then = house.in(plant.tenant, () -> house.log.size());
        List<Figure> before = figures(issue(ReportFormat.CSV));
        plant.log(List.of(hole), java.util.Map.of());
        plant.configure(LoggedPlant.configuration(
                "acme", LocalDate.of(2025, 3, 10).atStartOfDay(ZONE).toInstant(), "11.2"));

        Path now = issue(ReportFormat.CSV);

        assertThat(verdict(now)).startsWith("0 ");
        assertThat(of(figures(now), EnpiFormula.COEFFICIENT)).isEqualTo(of(before, EnpiFormula.COEFFICIENT));
        assertThat(of(before, EnpiFormula.COEFFICIENT))
                .allMatch(f -> f.getQuality().equals("estimated"));
        Path again = issue(ReportFormat.CSV, then);
        assertThat(figures(again)).isEqualTo(before);
    }

    private void approved(ModelKind kind, String variable) {
        DerivedHours.derive(house, plant.tenant);
        as(
                "emma",
                () -> house.performance.define(new EnpiDraft(
                        "hall-power",
                        "Power of the hall",
                        SITE,
                        kind == ModelKind.RATIO ? List.of(MAIN, GAS) : List.of(MAIN),
                        kind,
                        List.of(RelevantVariable.parse("water=" + variable)),
                        Resolution.DAY,
                        "",
                        "energy review 2025")));
        Baseline proposed = as(
                "emma",
                () -> house.performance.propose(
                        "hall-power", FIRST, LAST, List.of(), List.of(new Factor("presses", "2")), "energy review"));
        as("carl", () -> house.performance.decide(proposed.id(), true, "statistics checked"));
    }

    private <T> T as(String person, Supplier<T> work) {
        return house.access.inTenant(new Caller(person, Set.of()), plant.tenant, work);
    }

    private Path issue(ReportFormat format) throws IOException {
        return issue(format, LogSize.NEWEST);
    }

    private Path issue(ReportFormat format, LogSize size) throws IOException {
        ReportRequest request = new ReportRequest(
                Optional.empty(), FIRST, LocalDate.of(2025, 3, 31), format, size, Optional.empty(), Locale.ENGLISH);
        try (IssuedReport report =
                house.in(plant.tenant, () -> reports.orElseThrow().issue(request))) {
            return Files.copy(report.file(), folder.resolve(java.util.UUID.randomUUID() + "." + format.extension()));
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

    /** docs/verify_evidence.py, which shares no line with the other verifier. */
    private static String second(Path file) throws Exception {
        try {
            Process process = new ProcessBuilder("python3", "../docs/verify_evidence.py", "--json", file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() + " " + said;
        } catch (IOException e) {
            org.junit.jupiter.api.Assumptions.abort("no python3 here, so the second verifier is not asked: " + e);
            throw e;
        }
    }

    private static List<Figure> figures(Path zip) throws Exception {
        byte[] evidence = Objects.requireNonNull(
                SealedArchive.peek(Files.readAllBytes(zip)).get("evidence.pb"));
        return EvidenceBundle.parseFrom(evidence).getFigures().getFiguresList();
    }

    private static List<Figure> of(List<Figure> figures, EnpiFormula formula) {
        return figures.stream()
                .filter(figure -> figure.getFormula().equals(formula.text()))
                .toList();
    }

    private static String value(List<Figure> figures, EnpiFormula formula) {
        List<Figure> found = of(figures, formula);
        assertThat(found).as(formula.text()).hasSize(1);
        return found.get(0).getValue();
    }

    /** The rule of docs/evidence-format.md. */
    private static String rounded(double value) {
        BigDecimal digits = new BigDecimal(value)
                .round(new MathContext(8, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        return digits.signum() == 0 ? "0" : digits.toPlainString();
    }

    private static String text(Path pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
            return new PDFTextStripper().getText(document);
        }
    }
}
