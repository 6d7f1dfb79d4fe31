package energy.audit.analysis.regression;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All models of a response that a few variables allow, best first. */
public final class ModelRanking {
    private static final int MOST_VARIABLES = 5;

    private ModelRanking() {}

    /** One model and whether it may carry a claim. */
    public record Candidate(LinearFit fit, Verdict verdict) {}

    /**
     * Models best first, and what could not be fitted.
     *
     * @param refused a sentence for each combination that allows no model
     */
    public record Ranked(List<Candidate> candidates, List<String> refused) {
        public Ranked {
            candidates = List.copyOf(candidates);
            refused = List.copyOf(refused);
        }
    }

    /**
     * Every combination of the variables: valid ones first, then by adjusted R², then fewer variables. The order is a
     * proposal; the choice stays a person's.
     *
     * @param variables one to five
     */
    public static Ranked of(Series response, List<Series> variables, SepRules rules) {
        if (variables.isEmpty() || variables.size() > MOST_VARIABLES) {
            throw new IllegalArgumentException(
                    "one to " + MOST_VARIABLES + " variables are tried in all combinations, not " + variables.size());
        }
        List<Candidate> candidates = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (int chosen = 1; chosen < 1 << variables.size(); chosen++) {
            List<Series> subset = new ArrayList<>();
            for (int j = 0; j < variables.size(); j++) {
                if ((chosen & 1 << j) != 0) {
                    subset.add(variables.get(j));
                }
            }
            try {
                LinearFit fit = LinearFit.of(response, subset, true);
                candidates.add(new Candidate(fit, Verdict.of(fit, rules)));
            } catch (NoModel e) {
                refused.add(e.reason());
            }
        }
        candidates.sort(Comparator.comparing((Candidate c) -> !c.verdict().valid())
                .thenComparing(c -> -c.fit().adjustedRSquared())
                .thenComparing(c -> c.fit().variableCount()));
        return new Ranked(candidates, refused);
    }
}
