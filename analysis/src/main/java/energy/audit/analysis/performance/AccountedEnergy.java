package energy.audit.analysis.performance;

import energy.audit.analysis.regression.Extended;
import energy.audit.analysis.regression.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whether the sources that are counted make up enough of all energy that crosses the boundary. */
public final class AccountedEnergy {
    /** Superior Energy Performance: small sources may be left out up to 5 % of primary energy together. */
    public static final double SEP_SHARE = 0.95;

    private AccountedEnergy() {}

    /**
     * @param primaryEnergy of every source, one unit, primary energy
     * @param counted the sources with a model
     * @param share to be reached, 0 to 1
     */
    public static Verdict of(Map<String, Double> primaryEnergy, Set<String> counted, double share) {
        return reached(primaryEnergy, counted) >= share
                ? Verdict.of(List.of())
                : Verdict.of(List.of(sentence(primaryEnergy, counted, share)));
    }

    /** The share that the sources counted make, 0 to 1; no number where there is no energy. */
    public static double reached(Map<String, Double> primaryEnergy, Set<String> counted) {
        Extended all = Extended.ZERO;
        Extended covered = Extended.ZERO;
        for (Map.Entry<String, Double> source : primaryEnergy.entrySet()) {
            Extended energy = Extended.of(source.getValue());
            all = all.plus(energy);
            covered = counted.contains(source.getKey()) ? covered.plus(energy) : covered;
        }
        return covered.value() / all.value();
    }

    /** What the check says, also where it is passed. */
    public static String sentence(Map<String, Double> primaryEnergy, Set<String> counted, double share) {
        List<String> without = new ArrayList<>(primaryEnergy.keySet());
        without.removeAll(counted);
        without.sort(String::compareTo);
        return String.format(
                Locale.ROOT,
                "The sources counted make %.2f %% of primary energy; they must make %.2f %%.%s",
                100 * reached(primaryEnergy, counted),
                100 * share,
                without.isEmpty() ? "" : " Not counted: " + String.join(", ", without) + ".");
    }
}
