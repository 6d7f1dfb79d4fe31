package energy.audit.report;

import static energy.audit.LoggedPlant.POWER;
import static energy.audit.LoggedPlant.WATER;
import static energy.audit.LoggedPlant.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.LoggedPlant;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.report.EnpiFormula;
import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.wire.Figure;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.performance.ExpectedRow;
import energy.audit.performance.Savings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a report says of an indicator is what the page and the interface say, and an auditor can compute it again. */
class IndicatorReportIT extends ReportedIndicator {
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
                                    ? inFull(rows.get(i).expected().getAsDouble())
                                    : "");
        }
        assertThat(energies).filteredOn(figure -> figure.getValue().isEmpty()).hasSize(2);
        Savings savings = as(
                "emma",
                () -> house.performance.savings("hall-power", Method.FORECAST, reporting, last, LogSize.NEWEST));
        var performance = savings.figures().performance();
        assertThat(value(figures, EnpiFormula.SAVINGS)).isEqualTo(inFull(performance.savings()));
        assertThat(value(figures, EnpiFormula.SAVINGS))
                .as("a reader's own addition, to the last digit")
                .isEqualTo(inFull(new BigDecimal(savingsInFull(rows)).doubleValue()));
        assertThat(value(figures, EnpiFormula.ADJUSTED_BASELINE)).isEqualTo(inFull(performance.adjustedBaseline()));
        assertThat(new BigDecimal(value(figures, EnpiFormula.ACTUAL)))
                .isEqualByComparingTo(BigDecimal.valueOf(performance.actual()));
        assertThat(value(figures, EnpiFormula.SENPI)).isEqualTo(inFull(performance.senpi()));
        assertThat(value(figures, EnpiFormula.IMPROVEMENT)).isEqualTo(inFull(performance.improvementPercent()));
        assertThat(value(figures, EnpiFormula.UNCERTAINTY))
                .isEqualTo(inFull(performance.uncertainty().absolute()));
        List<Figure> cusum = of(figures, EnpiFormula.CUSUM);
        assertThat(cusum.get(cusum.size() - 1).getValue())
                .as("the running sum ends at what was not saved")
                .isEqualTo(inFull(-performance.savings()));
        String rowsOfTable = new String(
                Objects.requireNonNull(
                        SealedArchive.peek(Files.readAllBytes(zip)).get("figures.csv")),
                StandardCharsets.UTF_8);
        assertThat(rowsOfTable).contains("enpi-savings/v1").contains(",hall-power,1,");
        assertThat(text(pdf).replaceAll("\\s+", " "))
                .as("its uncertainty is ten times as much")
                .contains("No difference from the baseline that can be told from none");
        assertThat(text(pdf))
                .contains("Power of the hall")
                .contains(ReportTexts.grouped(value(figures, EnpiFormula.SAVINGS)) + " "
                        + of(figures, EnpiFormula.SAVINGS).get(0).getId());
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
}
