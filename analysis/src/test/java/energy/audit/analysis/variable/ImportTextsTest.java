package energy.audit.analysis.variable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import energy.audit.analysis.table.BadRows;
import energy.audit.analysis.variable.TemperatureText.Stamp;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportTextsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static BadRows refused(String csv) {
        return catchThrowableOfType(BadRows.class, () -> TemperatureText.read(csv, BERLIN, Stamp.START));
    }

    @Test
    void anHourIsReadByItsStartOrByItsEndAndInAnyOffset() throws BadRows {
        String csv = "timestamp,temperature\r\n2025-01-15T13:00:00Z,-3.5\r\n2025-01-15 15:00,\r\n";
        List<TemperatureText.Row> rows = TemperatureText.read(csv, BERLIN, Stamp.START);
        assertThat(rows)
                .containsExactly(
                        new TemperatureText.Row(
                                2,
                                Instant.parse("2025-01-15T13:00:00Z"),
                                Instant.parse("2025-01-15T14:00:00Z"),
                                Optional.of(new BigDecimal("-3.5"))),
                        new TemperatureText.Row(
                                3,
                                Instant.parse("2025-01-15T14:00:00Z"),
                                Instant.parse("2025-01-15T15:00:00Z"),
                                Optional.empty()));
        assertThat(TemperatureText.read(csv, BERLIN, Stamp.END).get(0).from())
                .isEqualTo(Instant.parse("2025-01-15T12:00:00Z"));
    }

    @Test
    void aDayIsTheSitesDayAlsoWhereItHasTwentyThreeHours() throws BadRows {
        TemperatureText.Row row = TemperatureText.read("\ufeffdate,temperature\n2025-03-30,8\n", BERLIN, Stamp.START)
                .get(0);
        assertThat(row.from()).isEqualTo(Instant.parse("2025-03-29T23:00:00Z"));
        assertThat(row.to()).isEqualTo(Instant.parse("2025-03-30T22:00:00Z"));
    }

    @Test
    void everyRowThatCannotBeIsNamedByLineAndColumn() {
        BadRows bad = refused("timestamp,temperature\n"
                + "2025-01-15T13:00Z,warm\n"
                + "15.01.2025 14:00,3\n"
                + "2025-10-26 02:30,3\n"
                + "2025-03-30 02:30,3\n"
                + "2025-01-15T17:00Z,-999\n");
        assertThat(bad.faults())
                .extracting(fault -> fault.row() + " " + fault.column())
                .containsExactly("2 temperature", "3 timestamp", "4 timestamp", "5 timestamp", "6 temperature");
        assertThat(bad)
                .hasMessageContaining("row 2, temperature 'warm' is no decimal number")
                .hasMessageContaining("showed twice; write it with its offset, like 2025-10-26T02:30+02:00")
                .hasMessageContaining("skipped")
                .hasMessageContaining("'-999' lies outside -90 to 60");
    }

    @Test
    void aTableOfAnotherShapeIsRefusedAsAWhole() {
        assertThat(refused("time,temp\n2025-01-15,3\n").faults().get(0).row()).isEqualTo(1);
        assertThat(refused("date,temperature\n2025-01-15\n"))
                .hasMessageContaining("row 2: it has 1 fields, the head has 2 columns");
        assertThat(refused("")).hasMessageContaining("row 1");
    }

    @Test
    void productionOfDaysEndsWithItsLastDay() throws BadRows {
        ProductionText.Row row = ProductionText.read(
                        "variable,unit,from,to,value\ncastings,t,2025-03-30,2025-03-30,12.5\n", BERLIN)
                .get(0);
        assertThat(row.from()).isEqualTo(Instant.parse("2025-03-29T23:00:00Z"));
        assertThat(row.to()).isEqualTo(Instant.parse("2025-03-30T22:00:00Z"));
        BadRows bad = catchThrowableOfType(
                BadRows.class,
                () -> ProductionText.read(
                        "variable,unit,from,to,value\ncastings,t,today,tomorrow,1\ncastings,t,2025-03-01,x,1\n",
                        BERLIN));
        assertThat(bad.faults())
                .extracting(fault -> fault.row() + " " + fault.column())
                .containsExactly("2 from", "2 to", "3 to");
    }
}
