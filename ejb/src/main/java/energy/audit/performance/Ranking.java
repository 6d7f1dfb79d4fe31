package energy.audit.performance;

import energy.audit.analysis.enpi.BaselineFit;
import java.util.List;

/**
 * Models that a baseline period allows, best first.
 *
 * @param refused a sentence for each combination of variables that allows none
 * @param leftOut intervals that could not be used, and why
 */
public record Ranking(List<Candidate> candidates, List<String> refused, List<String> leftOut) {
    public Ranking {
        candidates = List.copyOf(candidates);
        refused = List.copyOf(refused);
        leftOut = List.copyOf(leftOut);
    }

    /** @param variables ids that the model uses */
    public record Candidate(List<String> variables, BaselineFit fit) {
        public Candidate {
            variables = List.copyOf(variables);
        }
    }
}
