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
        Extended all = Extended.ZERO;
        Extended covered = Extended.ZERO;
        List<String> without = new ArrayList<>();
        for (Map.Entry<String, Double> source : primaryEnergy.entrySet()) {
            all = all.plus(Extended.of(source.getValue()));
            if (counted.contains(source.getKey())) {
                covered = covered.plus(Extended.of(source.getValue()));
            } else {
                without.add(source.getKey());
            }
        }
        double reached = covered.value() / all.value();
        if (reached >= share) {
            return Verdict.of(List.of());
        }
        without.sort(String::compareTo);
        return Verdict.of(List.of(String.format(
                Locale.ROOT,
                "The sources counted make %.2f %% of primary energy; they must make %.2f %%. Not counted: %s.",
                100 * reached,
                100 * share,
                String.join(", ", without))));
    }
}
