package energy.audit.analysis.regression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Series PIECES = Series.of("pieces", 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120);
    private static final Series ENERGY = Series.of("kWh", 101, 119, 142, 160, 183, 199, 222, 240, 259, 281, 300, 321);

    @Test
    void aGoodModelIsValidWithoutReasons() {
        Verdict verdict = Verdict.of(LinearFit.of(ENERGY, List.of(PIECES), true), SepRules.SEP);
        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.reasons()).isEmpty();
    }

    @Test
    void eachFailingRuleIsASentenceWithItsNumber() {
        Series noise = Series.of("noise", new Random(3).doubles(12).toArray());
        Verdict verdict = Verdict.of(LinearFit.of(noise, List.of(PIECES), true), SepRules.SEP);
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.reasons()).hasSize(4).allMatch(reason -> reason.endsWith("."));
        assertThat(verdict.reasons().get(0))
                .contains("F test of the whole model")
                .contains("below 0.1");
        assertThat(verdict.reasons().get(1)).contains("Variable pieces").contains("below 0.2");
        assertThat(verdict.reasons().get(3)).contains("at least 0.5");
    }

    @Test
    void aLimitMetExactlyFailsWhereTheRuleSaysBelowAndPassesWhereItSaysAtLeast() {
        LinearFit fit = LinearFit.of(ENERGY, List.of(PIECES), true);
        double p = fit.fPValue();
        SepRules strict = new SepRules(p, 1, 1, fit.rSquared(), 3);
        assertThat(Verdict.of(fit, strict).reasons()).hasSize(1);
        SepRules looser = new SepRules(p * 1.0001, 1, 1, fit.rSquared(), 3);
        assertThat(Verdict.of(fit, looser).valid()).isTrue();
    }

    @Test
    void aModelMayBeAppliedInsideItsRangeOrWithinThreeDeviationsOfItsMean() {
        LinearFit fit = LinearFit.of(ENERGY, List.of(PIECES), true);
        assertThat(applied(fit, 115).valid()).isTrue();
        assertThat(applied(fit, 170).valid()).as("within 65 + 3 × 36.06").isTrue();
        Verdict far = applied(fit, 174);
        assertThat(far.valid()).isFalse();
        assertThat(far.reasons().get(0))
                .contains("mean of pieces in the reporting period, 174")
                .contains("173.167");
    }

    private static Verdict applied(LinearFit fit, double mean) {
        return Verdict.ofApplication(
                fit, List.of(Series.of("pieces", mean - 1, mean + 1)), "reporting period", SepRules.SEP);
    }

    @Test
    void allCombinationsOfVariablesAreRankedValidOnesFirst() {
        Series noise = Series.of("noise", new Random(5).doubles(12).toArray());
        ModelRanking.Ranked ranked = ModelRanking.of(ENERGY, List.of(noise, PIECES, PIECES.power(2)), SepRules.SEP);
        assertThat(ranked.candidates()).hasSize(7);
        assertThat(ranked.candidates().get(0).verdict().valid()).isTrue();
        boolean seenInvalid = false;
        for (ModelRanking.Candidate candidate : ranked.candidates()) {
            assertThat(seenInvalid && candidate.verdict().valid()).isFalse();
            seenInvalid |= !candidate.verdict().valid();
        }
        Series copy = Series.of("copy", PIECES.values());
        assertThat(ModelRanking.of(ENERGY, List.of(PIECES, copy), SepRules.SEP).refused())
                .hasSize(1);
    }
}
