package energy.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReportTextsTest {
    @Test
    void thousandsAreGroupedAndDigitsStayAsSigned() {
        assertThat(ReportTexts.grouped("1234567.80")).isEqualTo("1\u00a0234\u00a0567.80");
        assertThat(ReportTexts.grouped("999.9")).isEqualTo("999.9");
        assertThat(ReportTexts.grouped("-1234")).isEqualTo("\u22121\u00a0234");
        assertThat(ReportTexts.grouped("-999")).isEqualTo("\u2212999");
        assertThat(ReportTexts.grouped("8.769601996148801e-48")).isEqualTo("8.769601996148801e\u221248");
        assertThat(ReportTexts.grouped("-8e-48")).isEqualTo("\u22128e\u221248");
    }

    @Test
    void aShareBelowOneIsNeverPrintedAsAHundredPercent() {
        assertThat(ReportTexts.percent(0.99999)).isEqualTo("99.9\u00a0%");
        assertThat(ReportTexts.percent(1)).isEqualTo("100\u00a0%");
        assertThat(ReportTexts.percent(0)).isEqualTo("0\u00a0%");
    }

    @Test
    void germanHasEveryTextThatEnglishHas() {
        assertThat(keys(Locale.GERMAN)).isEqualTo(keys(Locale.ENGLISH));
        assertThat(ReportTexts.in(Locale.GERMAN).say("cover.title"))
                .isNotEqualTo(ReportTexts.in(Locale.ENGLISH).say("cover.title"));
    }

    @Test
    void aLanguageThatIsNotThereFallsBackToEnglish() {
        assertThat(ReportTexts.in(Locale.FRENCH).say("cover.title")).isEqualTo("Energy report");
    }

    private static TreeSet<String> keys(Locale locale) {
        ResourceBundle bundle = ResourceBundle.getBundle(
                "energy.audit.report.texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new TreeSet<>(bundle.keySet().stream()
                .filter(key ->
                        locale.equals(Locale.ENGLISH) || !bundle.getString(key).isBlank())
                .toList());
    }
}
