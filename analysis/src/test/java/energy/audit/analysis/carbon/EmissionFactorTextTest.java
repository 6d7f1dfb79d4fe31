package energy.audit.analysis.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.analysis.carbon.EmissionFactor.Basis;
import energy.audit.analysis.carbon.EmissionFactor.Scope;
import energy.audit.analysis.table.BadTable;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmissionFactorTextTest {
    private static final String HEAD = "energy,unit,scope,basis,from,until,kg_co2e_per_unit,source,edition,gwp\n";

    @Test
    void aTableIsReadAsItStands() throws Exception {
        var factors = EmissionFactorText.read(HEAD
                + "gas,kWh,1,,2025-01-01,2026-01-01,0.18296,\"UK government, conversion factors\",2025,AR5\n"
                + "electricity,kWh,2,location,2025-01-01,2026-01-01,0.363,grid,2024,CO2 only\n\n");
        assertThat(factors).hasSize(2);
        assertThat(factors.get(0).source()).isEqualTo("UK government, conversion factors");
        assertThat(factors.get(0).basis()).isEqualTo(Basis.ACTIVITY);
        assertThat(factors.get(1).scope()).isEqualTo(Scope.SCOPE_2);
        assertThat(factors.get(1).basis()).isEqualTo(Basis.LOCATION);
        assertThat(factors.get(1).until()).isEqualTo(LocalDate.of(2026, 1, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gas,kWh (Net CV),1,,2025-01-01,2026-01-01,0.2,s,e,AR5|column unit: 'kWh (Net CV)' is none of [kWh]",
                "gas,kWh,1,market,2025-01-01,2026-01-01,0.2,s,e,AR5|column basis: only scope 2 has one",
                "electricity,kWh,2,,2025-01-01,2026-01-01,0.2,s,e,AR5|column basis: '' is none of [location, market]",
                "gas,kWh,1,,2025-01-01,2025-01-01,0.2,s,e,AR5|column until: it is not after from",
                "gas,kWh,1,,2025-01-01,2026-01-01,0.2,,e,AR5|column source: it is empty",
                "gas,kWh,1,,2025-01-01,2026-01-01,abc,s,e,AR5|column kg_co2e_per_unit"
            })
    void whatCannotBeReadIsNamedByLineAndColumn(String line, String said) {
        assertThatThrownBy(() -> EmissionFactorText.read(HEAD + line))
                .isInstanceOf(BadTable.class)
                .hasMessageContaining(said);
    }

    @Test
    void twoFactorsForOneDayAreRefusedByTheLineOfTheSecond() {
        String line = "gas,kWh,1,,2025-01-01,2026-01-01,0.2,s,e,AR5\n";
        assertThatThrownBy(() -> EmissionFactorText.read(HEAD + line + line.replace("2025-01-01", "2025-12-31")))
                .hasMessageContaining("line 3, column from: line 2 holds");
    }
}
