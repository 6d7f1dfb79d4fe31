package energy.audit.analysis.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.analysis.table.BadTable;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrimaryFactorTextTest {
    private static final String HEAD = "energy,unit,from,until,kwh_primary_per_unit,source,edition\n";

    @Test
    void aTableIsReadAsItStands() throws Exception {
        var factors = PrimaryFactorText.read(HEAD
                + "electricity,kWh,2025-01-01,2026-01-01,3.0,SEP,2012\n"
                + "electricity,kWh,2026-01-01,2027-01-01,2.8,SEP,2012\n");
        assertThat(factors).hasSize(2);
        assertThat(factors.get(0).holdsThrough(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31)))
                .isTrue();
        assertThat(factors.get(0).holdsThrough(LocalDate.of(2025, 12, 31), LocalDate.of(2026, 1, 1)))
                .isFalse();
        assertThat(factors.get(1).factor()).isEqualByComparingTo("2.8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gas,m3,2025-01-01,2026-01-01,1.1,s,e|column unit: 'm3' is none of [kWh]",
                "gas,kWh,2025-01-01,2025-01-01,1.1,s,e|column until: it is not after from",
                "gas,kWh,2025-01-01,2026-01-01,0,s,e|column kwh_primary_per_unit: it is not above zero",
                "gas,kWh,2025-01-01,2026-01-01,1.1,,e|column source: it is empty",
                "electricity,kWh,2025-06-01,2026-06-01,2,s,e|line 2 holds on some of these days"
            })
    void aLineThatCannotBeIsNamed(String line, String why) {
        String first = "electricity,kWh,2025-01-01,2026-01-01,3.0,SEP,2012\n";
        assertThatThrownBy(() -> PrimaryFactorText.read(HEAD + first + line + "\n"))
                .isInstanceOf(BadTable.class)
                .hasMessageContaining(why);
    }
}
