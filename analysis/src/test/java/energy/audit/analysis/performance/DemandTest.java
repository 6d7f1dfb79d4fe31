package energy.audit.analysis.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemandTest {
    @Test
    void aQuarterHourOfTenKilowattHoursIsFortyKilowatts() {
        assertThat(Demand.block(new double[] {10, 5}, 15)).containsExactly(40, 20);
        assertThat(Demand.loadFactor(new double[] {40, 20})).isCloseTo(0.75, within(1e-12));
        assertThat(Demand.loadFactor(new double[] {0, 0})).isNaN();
        assertThat(Demand.duration(new double[] {1, 3, 2})).containsExactly(3, 2, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theSlidingPeakIsNeverBelowTheBlockPeak(long seed) {
        double[] fiveMinutes = new Random(seed).doubles(288).toArray();
        double[] quarters = new double[96];
        for (int i = 0; i < 288; i++) {
            quarters[i / 3] += fiveMinutes[i];
        }
        double block = Arrays.stream(Demand.block(quarters, 15)).max().orElseThrow();
        double sliding = Arrays.stream(Demand.sliding(fiveMinutes, 5, 3)).max().orElseThrow();
        assertThat(sliding).as("seed " + seed).isGreaterThanOrEqualTo(block - 1e-12);
    }
}
