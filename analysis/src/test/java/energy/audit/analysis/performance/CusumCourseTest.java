package energy.audit.analysis.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import energy.audit.analysis.performance.CusumCourse.Event;
import energy.audit.analysis.regression.Series;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CusumCourseTest {
    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);

    private static List<LocalDateTime> days(int count) {
        List<LocalDateTime> days = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            days.add(START.plusDays(i));
        }
        return days;
    }

    private static double[][] energies(int days, int changeAfter, double change, long seed) {
        Random random = new Random(seed);
        double[][] both = new double[2][days];
        for (int i = 0; i < days; i++) {
            both[1][i] = 1000 + 100 * random.nextDouble();
            both[0][i] = both[1][i] + 10 * random.nextGaussian() + (i > changeAfter ? change : 0);
        }
        return both;
    }

    @Test
    void theSumAtTheEndIsTheDifferenceOfTheTotals() {
        double[][] both = energies(60, 29, -50, 1);
        CusumCourse course =
                CusumCourse.of(days(60), Series.of("actual", both[0]), Series.of("expected", both[1]), List.of());
        double difference = 0;
        for (int i = 0; i < 60; i++) {
            difference += both[0][i] - both[1][i];
        }
        assertThat(course.points().get(59).sum()).isCloseTo(difference, within(1e-9));
    }

    @Test
    void aChangeOfPerformanceIsDatedToItsDay() {
        double[][] both = energies(60, 29, -50, 2);
        CusumCourse.Turn turn = CusumCourse.of(
                        days(60), Series.of("actual", both[0]), Series.of("expected", both[1]), List.of())
                .turn()
                .orElseThrow();
        assertThat(turn.index()).isBetween(28, 30);
        assertThat(turn.before()).isCloseTo(0, within(10.0));
        assertThat(turn.after()).isCloseTo(-50, within(10.0));
        assertThat(turn.p()).isLessThan(1e-6);
    }

    @Test
    void noiseAloneIsSeldomTakenForAChange() {
        int reported = 0;
        for (int seed = 0; seed < 400; seed++) {
            double[][] both = energies(60, 60, 0, seed);
            reported +=
                    CusumCourse.of(days(60), Series.of("actual", both[0]), Series.of("expected", both[1]), List.of())
                                    .turn()
                                    .isPresent()
                            ? 1
                            : 0;
        }
        assertThat(reported).isLessThan(40).isPositive();
    }

    @Test
    void eachEventStandsAtTheIntervalInWhichItHappenedAndNoneIsLost() {
        double[][] both = energies(10, 10, 0, 3);
        Event exchange = new Event(START.plusDays(3).plusHours(14), "meter exchanged");
        Event early = new Event(START.minusDays(1), "audit");
        Event late = new Event(START.plusDays(9).plusHours(30), "furnace relined");
        CusumCourse course = CusumCourse.of(
                days(10), Series.of("actual", both[0]), Series.of("expected", both[1]), List.of(exchange, early, late));
        assertThat(course.points().get(3).events()).containsExactly(exchange);
        assertThat(course.points().get(9).events()).containsExactly(late);
        assertThat(course.outside()).containsExactly(early);
    }
}
