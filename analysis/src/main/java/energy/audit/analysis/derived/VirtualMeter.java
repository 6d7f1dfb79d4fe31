package energy.audit.analysis.derived;

import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A meter that is a sum of others, each with a factor; −1 takes away. As good as its worst part, and without a figure
 * where a part has none.
 */
public record VirtualMeter(String name, List<Term> terms) {
    /** @param factor exact; 1 adds, −1 takes away, 0.4 allots a share */
    public record Term(String meter, BigDecimal factor) {}

    public VirtualMeter {
        terms = List.copyOf(terms);
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("virtual meter " + name + " has no parts");
        }
    }

    /**
     * @param meters intervals of each part; all the same
     * @throws IllegalArgumentException naming the part whose intervals are absent or differ
     */
    public List<Amount> over(Map<String, List<Amount>> meters) {
        List<Amount> first = part(meters, terms.get(0));
        List<Amount> result = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            Amount frame = first.get(i);
            BigDecimal sum = BigDecimal.ZERO;
            Quality quality = Quality.MEASURED;
            double coverage = 1;
            for (Term term : terms) {
                List<Amount> part = part(meters, term);
                if (part.size() != first.size()
                        || !part.get(i).start().equals(frame.start())
                        || !part.get(i).end().equals(frame.end())) {
                    throw new IllegalArgumentException("virtual meter " + name + ": " + term.meter() + " and "
                            + terms.get(0).meter() + " have different intervals at " + frame.start());
                }
                quality = quality.worse(part.get(i).quality());
                coverage = Math.min(coverage, part.get(i).coverage());
                sum = sum.add(part.get(i).value().orElse(BigDecimal.ZERO).multiply(term.factor()));
            }
            result.add(
                    quality == Quality.MISSING
                            ? Amount.missing(frame.start(), frame.end(), coverage)
                            : new Amount(frame.start(), frame.end(), Optional.of(sum), quality, coverage));
        }
        return result;
    }

    private List<Amount> part(Map<String, List<Amount>> meters, Term term) {
        List<Amount> part = meters.get(term.meter());
        if (part == null) {
            throw new IllegalArgumentException("virtual meter " + name + " needs " + term.meter()
                    + ", of which there is no data. There are: " + String.join(", ", meters.keySet()));
        }
        return part;
    }
}
