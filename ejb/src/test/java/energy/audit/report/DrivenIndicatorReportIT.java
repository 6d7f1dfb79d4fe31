package energy.audit.report;

import static energy.audit.LoggedPlant.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.report.EnpiFormula;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.ProductionImport;
import energy.audit.evidence.wire.ProductionRow;
import energy.audit.evidence.wire.Shift;
import energy.audit.evidence.wire.ShiftPlan;
import energy.audit.evidence.wire.WeatherImport;
import energy.audit.evidence.wire.WeatherRow;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.performance.ExpectedRow;
import energy.audit.performance.PeriodRow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A report about an indicator that is driven by what was imported and planned. */
class DrivenIndicatorReportIT extends ReportedIndicator {
    @Test
    @Promise("report.R2")
    void productionDegreeDaysAndHoursOfWorkAreRecomputedFromTheirImports() throws Exception {
        plant.logDays(FIRST, END);
        long march = imported("march", FIRST, END, day -> 10 + day.getDayOfMonth() * 7 % 11);
        approved(ModelKind.LINEAR, "production:castings", "heating-degrees:weather/roof:15", "operating-hours");
        LogSize then = house.in(plant.tenant, () -> house.log.size());
        List<Figure> before = figures(issue(ReportFormat.CSV));
        imported("correction", LAST, LAST.plusDays(2), day -> 30);

        Path zip = issue(ReportFormat.CSV);
        Path pdf = issue(ReportFormat.PDF);

        assertThat(verdict(zip)).startsWith("0 ");
        assertThat(verdict(pdf)).startsWith("0 ");
        List<Figure> figures = figures(zip);
        List<ExpectedRow> rows = as(
                "emma",
                () -> house.performance.values(
                        "hall-power", LAST.plusDays(1), LocalDate.of(2025, 3, 31), LogSize.NEWEST));
        List<Figure> tons = of(figures, EnpiFormula.VARIABLE).stream()
                .filter(figure -> figure.getOf().equals("castings"))
                .toList();
        assertThat(tons).hasSize(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            PeriodRow row = rows.get(i).row();
            assertThat(row.origins().get("castings")).isNotEqualTo(i == 0 ? List.of(march) : List.of());
            assertThat(new BigDecimal(tons.get(i).getValue()))
                    .isEqualByComparingTo(row.variables().get("castings"));
            assertThat(of(figures, EnpiFormula.EXPECTED).get(i).getValue())
                    .isEqualTo(inFull(rows.get(i).expected().orElseThrow()));
        }
        assertThat(tons.get(0).getValue()).as("corrected").isEqualTo("30");
        assertThat(of(figures, EnpiFormula.COEFFICIENT))
                .as("what was known when it was proposed")
                .isEqualTo(of(before, EnpiFormula.COEFFICIENT))
                .hasSize(4);
        assertThat(figures(issue(ReportFormat.CSV, then))).isEqualTo(before);
    }

    private long imported(String id, LocalDate first, LocalDate end, IntFunctionOfDay tons) {
        ProductionImport.Builder production = ProductionImport.newBuilder()
                .setTenant("acme")
                .setSite("hall")
                .setSource("erp")
                .setImportId(id);
        WeatherImport.Builder weather = WeatherImport.newBuilder()
                .setTenant("acme")
                .setSite("hall")
                .setStation("roof")
                .setSource("dwd")
                .setImportId(id);
        for (LocalDate day = first; day.isBefore(end); day = day.plusDays(1)) {
            long from = day.atStartOfDay(ZONE).toInstant().toEpochMilli();
            long to = day.plusDays(1).atStartOfDay(ZONE).toInstant().toEpochMilli();
            production.addRows(ProductionRow.newBuilder()
                    .setVariable("castings")
                    .setUnit("t")
                    .setFromMs(from)
                    .setToMs(to)
                    .setValue(Integer.toString(tons.of(day))));
            weather.addRows(WeatherRow.newBuilder()
                    .setFromMs(from)
                    .setToMs(to)
                    .setTemperature(Integer.toString(day.getDayOfMonth() * 5 % 20)));
        }
        as(
                "emma",
                () -> house.variables.planShifts(ShiftPlan.newBuilder()
                        .setTenant("acme")
                        .setSite("hall")
                        .setEffectiveFrom("2025-01-01")
                        .setReason("works agreement")
                        .addShifts(Shift.newBuilder()
                                .setName("early")
                                .addAllDays(List.of(1, 2, 3, 4, 5))
                                .setStart("06:00")
                                .setEnd("14:20"))
                        .build()));
        as("emma", () -> house.variables.importWeather(weather.build()));
        return as("emma", () -> house.variables.importValues(production.build()));
    }

    private interface IntFunctionOfDay {
        int of(LocalDate day);
    }
}
