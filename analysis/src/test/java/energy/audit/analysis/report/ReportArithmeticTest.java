package energy.audit.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.analysis.register.MeterExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportArithmeticTest {
    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void energyIsTheRegisterDifferenceTimesTheExactScaleRoundedHalfToEven() {
        assertThat(value("0.05", 1_000, 1_001)).isEqualTo(new FigureValue("0.0", "measured", "1", ""));
        assertThat(value("0.05", 1_000, 1_003).value()).isEqualTo("0.2");
        assertThat(value("0.1", 1_000, 3_500).value()).isEqualTo("250.0");
        assertThat(value("1000000", 0, 9_007_199_254_740_993L).value())
                .as("beyond what a double can count")
                .isEqualTo("9007199254740993000000.0");
    }

    @Test
    void aRolloverIsCountedAndTold() {
        FigureValue over = value("1", 999_500, 500);
        assertThat(over.value()).isEqualTo("1000.0");
        assertThat(over.quality()).isEqualTo("measured");
        assertThat(over.note()).isEqualTo("rollover at 2026-05-02T00:00:00Z: from 999500 over 1000000 to 500");
    }

    @Test
    void aMissingBoundaryLeavesNoValueAndNoZero() {
        FigureValue missing = ReportArithmetic.registerDifference(
                List.of(scaling(START, "1")),
                new long[] {START.toEpochMilli()},
                new long[] {5},
                List.of(),
                START,
                START.plus(DAY),
                1);
        assertThat(missing).isEqualTo(new FigureValue("", "missing", "0.5", "no reading near one end"));
        FigureValue none = ReportArithmetic.registerDifference(
                List.of(scaling(START, "1")), new long[0], new long[0], List.of(), START, START.plus(DAY), 1);
        assertThat(none).isEqualTo(new FigureValue("", "missing", "0", "no reading near both ends"));
    }

    @Test
    void aBoundaryBetweenTwoNearReadingsIsEstimatedAndMarked() {
        long at = START.toEpochMilli();
        FigureValue estimated = ReportArithmetic.registerDifference(
                List.of(scaling(START, "1")),
                new long[] {at - 1_800_000, at + 1_800_000, at + DAY.toMillis()},
                new long[] {0, 100, 1_000},
                List.of(),
                START,
                START.plus(DAY),
                1);
        assertThat(estimated).isEqualTo(new FigureValue("950.0", "estimated", "0.5", ""));
    }

    @Test
    void aPeriodIsCutWhereTheScaleChangesAndRoundedOnce() {
        long at = START.toEpochMilli();
        long[] atMs = {at, at + DAY.toMillis(), at + 2 * DAY.toMillis()};
        long[] counts = {0, 10, 20};
        List<Scaling> changing = List.of(scaling(START.minus(DAY), "0.004"), scaling(START.plus(DAY), "0.002"));
        assertThat(ReportArithmetic.registerDifference(
                                changing, atMs, counts, List.of(), START, START.plus(DAY.multipliedBy(2)), 1)
                        .value())
                .as("0.04 + 0.02, rounded after the sum")
                .isEqualTo("0.1");
        List<Scaling> same =
                List.of(scaling(START.minus(DAY), "0.1"), scaling(START.plus(Duration.ofHours(3)), "0.10"));
        assertThat(ReportArithmetic.registerDifference(same, atMs, counts, List.of(), START, START.plus(DAY), 1))
                .as("the same scale said again needs no reading at its instant")
                .isEqualTo(new FigureValue("1.0", "measured", "1", ""));
    }

    @Test
    void anExchangeIsCountedThroughToldAndItsInstantCountsAsRead() {
        long at = START.toEpochMilli();
        Instant cut = START.plus(Duration.ofHours(6));
        FigureValue across = ReportArithmetic.registerDifference(
                List.of(scaling(START, "0.1"), scaling(cut, "0.5")),
                new long[] {at, at + DAY.toMillis()},
                new long[] {1_000, 90},
                List.of(new MeterExchange(cut, 1_100, 70)),
                START,
                START.plus(DAY),
                1);
        assertThat(across)
                .as("(1100 - 1000) x 0.1 + (90 - 70) x 0.5, with three boundaries known")
                .isEqualTo(new FigureValue(
                        "20.0",
                        "measured",
                        "1",
                        "exchange at 2026-05-01T06:00:00Z: old meter ended at 1100, new meter began at 70"));
    }

    @Test
    void aSumAddsWhatIsPrintedAndNamesWhatIsMissing() {
        FigureValue a = new FigureValue("1.1", "measured", "1", "");
        FigureValue b = new FigureValue("2.2", "estimated", "0.5", "");
        FigureValue none = new FigureValue("", "missing", "0.5", "no reading near one end");
        assertThat(ReportArithmetic.sum(List.of("F0001", "F0002"), List.of(a, b)))
                .isEqualTo(new FigureValue("3.3", "estimated", "0.75", ""));
        assertThat(ReportArithmetic.sum(List.of("F0001", "F0003"), List.of(a, none)))
                .isEqualTo(new FigureValue("1.1", "partial", "0.75", "without F0003: no data"));
        assertThat(ReportArithmetic.sum(List.of("F0003"), List.of(none)))
                .isEqualTo(new FigureValue("", "missing", "0", "no term has a value"));
    }

    private static FigureValue value(String multiplier, long first, long last) {
        return ReportArithmetic.registerDifference(
                List.of(scaling(START, multiplier)),
                new long[] {START.toEpochMilli(), START.plus(DAY).toEpochMilli()},
                new long[] {first, last},
                List.of(),
                START,
                START.plus(DAY),
                1);
    }

    private static Scaling scaling(Instant from, String multiplier) {
        return Scaling.of(from, multiplier, "", "1000000", "");
    }
}
