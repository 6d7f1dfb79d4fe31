package energy.audit.analysis.carbon;

import energy.audit.analysis.carbon.EmissionFactor.Basis;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Dated factors; for each activity, unit and basis at most one is in force on a day. */
public final class EmissionFactors {
    private final List<EmissionFactor> factors;

    /** @throws NoFactor where two factors of the same key are in force on one day */
    public EmissionFactors(List<EmissionFactor> factors) {
        this.factors = List.copyOf(factors);
        for (int i = 0; i < factors.size(); i++) {
            for (int j = i + 1; j < factors.size(); j++) {
                EmissionFactor a = factors.get(i);
                EmissionFactor b = factors.get(j);
                if (sameKey(a, b) && a.from().isBefore(b.until()) && b.from().isBefore(a.until())) {
                    throw new NoFactor("Two factors of " + a.activity() + " per " + a.unit() + " (" + a.scope() + ", "
                            + a.basis() + ") hold on " + (a.from().isAfter(b.from()) ? a.from() : b.from())
                            + ". End the older one first.");
                }
            }
        }
    }

    private static boolean sameKey(EmissionFactor a, EmissionFactor b) {
        return a.activity().equals(b.activity())
                && a.unit().equals(b.unit())
                && a.scope() == b.scope()
                && a.basis() == b.basis();
    }

    /** All that hold for an activity on a day: scope 1, or scope 2 by location and by market, and scope 3. */
    public List<EmissionFactor> inForce(String activity, String unit, LocalDate day) {
        return factors.stream()
                .filter(f -> f.activity().equals(activity) && f.unit().equals(unit) && f.holdsOn(day))
                .toList();
    }

    /** @throws NoFactor naming the factors there are for that activity; another year's is never taken silently */
    public EmissionFactor inForce(String activity, String unit, Basis basis, LocalDate day) {
        Optional<EmissionFactor> found = inForce(activity, unit, day).stream()
                .filter(f -> f.basis() == basis)
                .findFirst();
        return found.orElseThrow(() -> new NoFactor("No factor (" + basis + ") of " + activity + " per " + unit
                + " holds on " + day + ". " + known(activity)));
    }

    /** All of them, as they were given. */
    public List<EmissionFactor> all() {
        return factors;
    }

    String known(String activity) {
        String known = factors.stream()
                .filter(f -> f.activity().equals(activity))
                .map(f -> f.basis() + " per " + f.unit() + " from " + f.from() + " until " + f.until())
                .collect(Collectors.joining("; "));
        return known.isEmpty() ? "There is none at all for it: add one with its source." : "There are: " + known + ".";
    }
}
