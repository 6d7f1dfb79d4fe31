package energy.audit.analysis.variable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import energy.audit.analysis.variable.DegreeDayRule.Method;
import energy.audit.analysis.variable.DegreeDayRule.Side;
import energy.audit.analysis.variable.TemperatureSeries.Mean;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class DegreeDaysOfImportsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate DAY = LocalDate.of(2025, 1, 15);

    private static DegreeDayRule heating(String text) {
        return DegreeDayRule.parse(Side.HEATING, text);
    }

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(BERLIN).toInstant();
    }

    private static Mean day(LocalDate day, String degrees, long entry) {
        return new Mean(at(day), at(day.plusDays(1)), new BigDecimal(degrees), entry);
    }

    /** Hours of a local day, as many as it has, but those for which there is no text. */
    private static List<Mean> hours(LocalDate day, IntFunction<String> degrees) {
        List<Mean> means = new ArrayList<>();
        int hour = 0;
        for (Instant from = at(day); from.isBefore(at(day.plusDays(1))); from = from.plusSeconds(3600)) {
            String text = degrees.apply(hour++);
            if (!text.isEmpty()) {
                means.add(new Mean(from, from.plusSeconds(3600), new BigDecimal(text), 7));
            }
        }
        return means;
    }

    private static BigDecimal degreeDays(DegreeDayRule rule, List<Mean> means, LocalDate from, LocalDate to) {
        return new TemperatureSeries(means, BERLIN)
                .degreeDays(rule, at(from), at(to))
                .value()
                .orElseThrow();
    }

    /** Statistics Netherlands (CBS), "Heating degree days": threshold 18; 10 gives 8, -4 gives 22, 20 gives none. */
    @Test
    void theExampleOfStatisticsNetherlandsComesOut() {
        List<Mean> means = List.of(day(DAY, "10", 1), day(DAY.plusDays(1), "-4", 1), day(DAY.plusDays(2), "20", 1));
        assertThat(degreeDays(heating("18"), means, DAY, DAY.plusDays(1))).isEqualByComparingTo("8");
        assertThat(degreeDays(heating("18"), means, DAY.plusDays(1), DAY.plusDays(2)))
                .isEqualByComparingTo("22");
        assertThat(degreeDays(heating("18"), means, DAY.plusDays(2), DAY.plusDays(3)))
                .isEqualByComparingTo("0");
        assertThat(degreeDays(heating("18"), means, DAY, DAY.plusDays(3))).isEqualByComparingTo("30");
    }

    @Test
    void aLimitBelowTheBaseLeavesMildDaysOut() {
        assertThat(heating("18/15").degrees(new BigDecimal("12"))).isEqualByComparingTo("6");
        assertThat(heating("18/15").degrees(new BigDecimal("15"))).isEqualByComparingTo("3");
        assertThat(heating("18/15").degrees(new BigDecimal("16"))).isEqualByComparingTo("0");
        DegreeDayRule cooling = DegreeDayRule.parse(Side.COOLING, "21/24");
        assertThat(cooling.degrees(new BigDecimal("26"))).isEqualByComparingTo("5");
        assertThat(cooling.degrees(new BigDecimal("22"))).isEqualByComparingTo("0");
        assertThat(cooling.text()).isEqualTo("21/24");
        assertThatThrownBy(() -> heating("15/18"))
                .hasMessageContaining("limit 18 lies above the base 15")
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> heating("warm")).hasMessageContaining("'warm' is no temperature");
        assertThatThrownBy(() -> heating("18:weekly")).hasMessageContaining("no BASE");
    }

    /** Twelve hours of 10 and twelve of 20, base 18: the mean 15 gives 3; hour by hour half a day of 8 gives 4. */
    @Test
    void theTwoMethodsDifferOnADayThatIsPartlyAboveTheBase() {
        List<Mean> means = hours(DAY, hour -> hour < 12 ? "10" : "20");
        assertThat(degreeDays(heating("18"), means, DAY, DAY.plusDays(1))).isEqualByComparingTo("3");
        assertThat(degreeDays(heating("18:hourly"), means, DAY, DAY.plusDays(1)))
                .isEqualByComparingTo("4");
        assertThat(heating("18:hourly"))
                .isEqualTo(DegreeDayRule.of(Side.HEATING, new BigDecimal("18"), Optional.empty(), Method.HOURLY));
    }

    @Test
    void theDayOnWhichClocksChangeIsOneDayByItsMeanAndItsHoursByTheHour() {
        LocalDate spring = LocalDate.of(2025, 3, 30);
        List<Mean> means = hours(spring, hour -> "8");
        assertThat(means).hasSize(23);
        assertThat(degreeDays(heating("18"), means, spring, spring.plusDays(1))).isEqualByComparingTo("10");
        assertThat(degreeDays(heating("18:hourly"), means, spring, spring.plusDays(1))
                        .doubleValue())
                .isCloseTo(10 * 23 / 24.0, within(1e-6));
    }

    @Test
    void aDayIsMissingBelowNineTenthsAndThenSoIsTheMonthAndNeverZero() {
        List<Mean> means = new ArrayList<>(hours(DAY, hour -> hour < 22 ? "8" : ""));
        means.addAll(hours(DAY.plusDays(1), hour -> hour < 21 ? "8" : ""));
        TemperatureSeries series = new TemperatureSeries(means, BERLIN);
        Aligned known = series.degreeDays(heating("18"), at(DAY), at(DAY.plusDays(1)));
        assertThat(known.value().orElseThrow()).isEqualByComparingTo("10");
        assertThat(known.coverage()).isCloseTo(22 / 24.0, within(1e-12));
        assertThat(series.degreeDays(heating("18"), at(DAY.plusDays(1)), at(DAY.plusDays(2)))
                        .value())
                .isEmpty();
        assertThat(series.degreeDays(heating("18"), at(DAY), at(DAY.plusDays(2)))
                        .value())
                .isEmpty();
        assertThat(series.mean(at(DAY), at(DAY.plusDays(2))).value()).isEmpty();
        assertThat(series.degreeDays(heating("18:hourly"), at(DAY.plusDays(5)), at(DAY.plusDays(6))))
                .isEqualTo(new Aligned(Optional.empty(), 0, false, List.of()));
    }

    @Test
    void anAnswerNamesTheEntriesItRestsOnAndTheMeanOfAPeriodIsThatOfItsDays() {
        TemperatureSeries series =
                new TemperatureSeries(List.of(day(DAY, "1", 9), day(DAY.plusDays(1), "4", 3)), BERLIN);
        Aligned mean = series.mean(at(DAY), at(DAY.plusDays(2)));
        assertThat(mean.value().orElseThrow()).isEqualByComparingTo("2.5");
        assertThat(mean.entries()).containsExactly(3L, 9L);
        assertThat(mean.split()).isFalse();
    }

    @Test
    void daysOfAnotherZoneAreSplitAndItIsSaid() {
        Instant utc = Instant.parse("2025-01-15T00:00:00Z");
        TemperatureSeries series = new TemperatureSeries(
                List.of(
                        new Mean(utc.minusSeconds(86_400), utc, new BigDecimal("24"), 1),
                        new Mean(utc, utc.plusSeconds(86_400), new BigDecimal("0"), 1)),
                BERLIN);
        Aligned mean = series.mean(at(DAY), at(DAY.plusDays(1)));
        assertThat(mean.value().orElseThrow()).isEqualByComparingTo("1");
        assertThat(mean.split()).isTrue();
    }

    @Test
    void partsOfDaysHaveNoDegreeDaysFromDailyMeans() {
        TemperatureSeries series = new TemperatureSeries(hours(DAY, hour -> "8"), BERLIN);
        Instant noon = at(DAY).plusSeconds(43_200);
        assertThatThrownBy(() -> series.degreeDays(heating("18"), at(DAY), noon))
                .hasMessageContaining("whole days");
        assertThat(series.degreeDays(heating("18:hourly"), at(DAY), noon)
                        .value()
                        .orElseThrow())
                .isEqualByComparingTo("5");
    }
}
