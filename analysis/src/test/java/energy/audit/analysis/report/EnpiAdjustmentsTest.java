package energy.audit.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.analysis.report.EnpiAdjustments.Approved;
import energy.audit.analysis.report.EnpiAdjustments.Interval;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnpiAdjustmentsTest {
    private static final List<Interval> PERIOD =
            List.of(new Interval(100, 200, true), new Interval(200, 300, false), new Interval(300, 400, true));

    @Test
    void thoseInThePeriodAreAddedAndThoseOutsideAreNot() {
        EnpiAdjustments adjustments = EnpiAdjustments.of(
                List.of(of(1, "12.5", 100, 200), of(2, "-2.25", 320, 400), of(3, "99", 0, 100), of(4, "99", 400, 500)),
                PERIOD);

        assertThat(adjustments.counted()).extracting(Approved::number).containsExactly(1, 2);
        assertThat(adjustments.total()).isEqualByComparingTo("10.25");
        assertThat(adjustments.against()).isEmpty();
        assertThat(adjustments.adjust(1000)).isEqualTo(1010.25);
    }

    @Test
    void oneThatLiesPartlyInThePeriodIsNotCountedAndSaysSo() {
        EnpiAdjustments adjustments =
                EnpiAdjustments.of(List.of(of(1, "5", 50, 150), of(2, "5", 350, 450), of(3, "5", 0, 900)), PERIOD);

        assertThat(adjustments.counted()).isEmpty();
        assertThat(adjustments.against()).hasSize(3).allMatch(each -> each.contains("only partly in the reporting"));
        assertThat(adjustments.adjust(7)).isEqualTo(7);
    }

    @Test
    void oneOnAnIntervalThatIsLeftOutIsNotCountedAndSaysSo() {
        EnpiAdjustments adjustments = EnpiAdjustments.of(List.of(of(7, "5", 150, 350)), PERIOD);

        assertThat(adjustments.counted()).isEmpty();
        assertThat(adjustments.against())
                .singleElement()
                .satisfies(each -> assertThat(each).contains("Adjustment 7 applies to 1 of the intervals"));
    }

    @Test
    void withoutIntervalsThereIsNothingToAdjust() {
        assertThat(EnpiAdjustments.of(List.of(of(1, "5", 0, 1)), List.of())).isEqualTo(EnpiAdjustments.NONE);
    }

    private static Approved of(int number, String kwh, long from, long to) {
        return new Approved(number, new BigDecimal(kwh), from, to);
    }
}
