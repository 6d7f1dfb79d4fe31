package energy.audit.web.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class WordsTest {
    private final Words english = new Words(FakeRequest.in(Locale.US));
    private final Words german = new Words(FakeRequest.in(Locale.GERMANY));

    @Test
    void numbersAreWrittenAsTheReaderWritesThem() {
        assertThat(english.number(new BigDecimal("38412.4"))).isEqualTo("38,412");
        assertThat(german.number(new BigDecimal("38412.4"))).isEqualTo("38.412");
        assertThat(english.number(new BigDecimal("2.345"))).isEqualTo("2.34");
    }

    @Test
    void onlyWhatIsWholeShowsAHundredPerCent() {
        assertThat(english.percent(1)).isEqualTo("100 %");
        assertThat(english.percent(0.9994)).isEqualTo("99.9 %");
        assertThat(english.percent(0.968)).isEqualTo("96 %");
    }

    @Test
    void aDifferenceThatRoundsToZeroHasNoSign() {
        assertThat(english.signed(new BigDecimal("-0.3"))).isEqualTo("0");
        assertThat(english.signed(new BigDecimal("1234.5"))).isEqualTo("+1,234");
        assertThat(english.signed(new BigDecimal("-12"))).isEqualTo("−12");
    }

    @Test
    void aLanguageThatIsNotOfferedBecomesEnglish() {
        assertThat(new Words(FakeRequest.in(Locale.FRANCE)).text("nav.today")).isEqualTo("Today");
        assertThat(german.text("nav.today")).isEqualTo("Heute");
    }

    @Test
    void timesAreThoseOfTheSite() {
        assertThat(english.time(Instant.parse("2026-11-23T05:30:00Z"), ZoneId.of("Europe/Berlin")))
                .isEqualTo("06:30");
        assertThat(english.day(LocalDate.of(2026, 11, 23))).isEqualTo("Mon 23 Nov");
    }
}
