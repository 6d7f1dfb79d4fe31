package energy.audit.web.performance;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.analysis.register.Quality;
import energy.audit.performance.ExpectedRow;
import energy.audit.performance.PeriodRow;
import energy.audit.web.shell.FakeRequest;
import energy.audit.web.shell.Words;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnpiChartsTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    private final Words words = new Words(FakeRequest.in(Locale.US));
    private final EnpiCharts charts = new EnpiCharts(words, ZoneOffset.UTC, "melting");

    @Test
    void anIntervalThatIsKeptOutIsDrawnAndMarkedAndAMissingOneIsAGap() {
        List<ExpectedRow> rows = List.of(
                row(MONDAY, Optional.of(new BigDecimal("12.5"))),
                row(MONDAY.plusDays(1), Optional.empty()),
                row(MONDAY.plusDays(2), Optional.of(new BigDecimal("14"))));
        String chart = charts.actualAgainstExpected(rows, Set.of(MONDAY, LocalDate.of(2020, 1, 1)));
        assertThat(chart)
                .contains("\"values\":[12.5,null,14]")
                .contains("\"marks\":[{\"at\":\"Mon 23 Nov 2026\",\"text\":\"kept out\"}]");
        assertThat(charts.actualAgainstExpected(rows, Set.of())).contains("\"marks\":[]");
    }

    @Test
    void aDeviationBeyondEveryMultipleIsSaidAndDoesNotBreakThePage() {
        assertThat(EnpiDiagnosis.size(words, Double.NEGATIVE_INFINITY)).isEqualTo("∞");
        assertThat(EnpiDiagnosis.size(words, -3.64)).isEqualTo("3.6");
    }

    private static ExpectedRow row(LocalDate day, Optional<BigDecimal> energy) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new ExpectedRow(
                new PeriodRow(
                        day, start, start.plusSeconds(86_400), energy, Quality.values()[0], Map.of(), Map.of(), ""),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "kWh");
    }
}
