package energy.audit.analysis.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.analysis.derived.Amount;
import energy.audit.analysis.register.Quality;
import energy.audit.analysis.table.BadTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TariffTextTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String HEAD = "tariff,from,until,kind,name,months,days,hours,price\r\n";
    private static final String TABLE = HEAD
            + "2026,2026-01-01,2027-01-01,energy,day,,MON-FRI,06:00-22:00,0.20\r\n"
            + "2026,2026-01-01,2027-01-01,energy,\"night, weekend\",,,,0.10\r\n"
            + "2026,2026-01-01,2027-01-01,demand,winter peak,11-3,,,10\r\n"
            + "2026,2026-01-01,2027-01-01,standing,,,,,2.50\r\n";

    private static Tariffs read(String csv) throws BadTable {
        return TariffText.read(csv, Currency.getInstance("EUR"), ZONE, "contract 7");
    }

    /** 2026-01-05 is a Monday: 64 quarter hours of day and 32 of night, each 5 kWh: 20 kW. */
    @Test
    void aDayIsBilledByItsWindowsItsPeakAndItsDays() throws Exception {
        List<Amount> day = new ArrayList<>();
        Instant from = LocalDate.of(2026, 1, 5).atStartOfDay(ZONE).toInstant();
        for (int i = 0; i < 96; i++) {
            Instant at = from.plusSeconds(900L * i);
            day.add(new Amount(at, at.plusSeconds(900), Optional.of(new BigDecimal("5")), Quality.MEASURED, 1));
        }
        Bill bill = read(TABLE).bill(day);
        assertThat(bill.lines())
                .extracting(Bill.Line::name, line -> line.amount().toPlainString())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("day", "64.00"),
                        org.assertj.core.groups.Tuple.tuple("night, weekend", "16.00"),
                        org.assertj.core.groups.Tuple.tuple("winter peak", "200.00"),
                        org.assertj.core.groups.Tuple.tuple("standing charge", "2.50"));
        assertThat(bill.total()).isEqualByComparingTo("282.50");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026,2026-01-01,2027-01-01,energy,day,,MON-FRI,06:00-22:00,0,20|line 2: it has 10 fields",
                "2026,2026-01-01,2027-01-01,energy,day,,MON-FRI,06:00,0.2|line 2, column hours: '06:00' is no stretch",
                "2026,2026-01-01,2027-01-01,energy,day,,MON-FRI,6-22,0.2|line 2, column hours: '6' is no time",
                "2026,2026-01-01,2027-01-01,energy,day,,MO-FR,,0.2|line 2, column days: 'MO-FR' is no day",
                "2026,2026-01-01,2027-01-01,energy,day,13,,,0.2|line 2, column months",
                "2026,2026-01-01,2025-01-01,energy,day,,,,0.2|line 2, column until",
                "2026,1.1.2026,2027-01-01,energy,day,,,,0.2|line 2, column from: '1.1.2026' is no day",
                "2026,2026-01-01,2027-01-01,fee,day,,,,0.2|line 2, column kind: 'fee' is none of",
                "2026,2026-01-01,2027-01-01,energy,,,,,0.2|line 2, column name: it is empty",
                "2026,2026-01-01,2027-01-01,energy,day,,,,-0.2|line 2, column price",
                "2026,2026-01-01,2027-01-01,block,50,,,,0.2|line 2, column name: tariff 2026: block 1 begins at 50"
            })
    void whatCannotBeReadIsNamedByLineAndColumn(String line, String said) {
        assertThatThrownBy(() -> read(HEAD + line)).isInstanceOf(BadTable.class).hasMessageContaining(said);
    }

    @Test
    void twoTariffsOnOneDayAreRefused() {
        String second = TABLE + "later,2026-12-01,2028-01-01,energy,all,,,,0.3\r\n";
        assertThatThrownBy(() -> read(second)).hasMessageContaining("hold on the same days");
    }

    @Test
    void aHeadWithAnotherColumnIsRefused() {
        assertThatThrownBy(() -> read(TABLE.replaceFirst("price", "cost")))
                .hasMessageContaining("line 1, column cost: there is no such column");
        assertThatThrownBy(() -> read(TABLE.replaceFirst(",price", "")))
                .hasMessageContaining("line 1, column price: the head lacks it");
        assertThatThrownBy(() -> read(HEAD)).hasMessageContaining("no line after the head");
        assertThatThrownBy(() -> read(HEAD + "\"2026")).hasMessageContaining("quote is not closed");
    }
}
