package energy.audit.analysis.carbon;

import energy.audit.analysis.carbon.EmissionFactor.Basis;
import energy.audit.analysis.carbon.EmissionFactor.Scope;
import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Emissions of a set of activities, with the factor behind every line.
 *
 * @param lines one for each activity and factor
 * @param gaps activities without a figure or without a factor; never counted as zero
 */
public record Emissions(List<Line> lines, List<Gap> gaps) {
    /** Why an activity has no line, or one too few. */
    public enum Lack {
        /** Nobody knows how much was used. */
        NO_FIGURE,
        /** No factor holds for it. */
        NO_FACTOR,
        /** Its factor ends within it. */
        FACTOR_ENDS,
        /** Scope 2 is by market only. */
        NO_LOCATION_FACTOR,
        /** Scope 2 is by location only. */
        NO_MARKET_FACTOR
    }

    /** @param sentence what is missing, and what to do */
    public record Gap(Activity activity, Lack lack, String sentence) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    /**
     * An amount used.
     *
     * @param from first day
     * @param until day after the last
     * @param amount in the unit; empty when it is not known
     */
    public record Activity(
            String site,
            String activity,
            String unit,
            LocalDate from,
            LocalDate until,
            Optional<BigDecimal> amount,
            Quality quality) {}

    /** @param kgCo2e amount times factor, not rounded */
    public record Line(Activity activity, EmissionFactor factor, BigDecimal kgCo2e) {}

    /**
     * A sum of lines.
     *
     * @param quality the worst of its activities; PARTIAL if one of this scope has no figure
     */
    public record Total(BigDecimal kgCo2e, Quality quality) {}

    public Emissions {
        lines = List.copyOf(lines);
        gaps = List.copyOf(gaps);
    }

    /** Emissions by the factors in force; an activity across a change of factor must be cut there by the caller. */
    public static Emissions of(List<Activity> activities, EmissionFactors factors) {
        List<Line> lines = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        for (Activity activity : activities) {
            String what = activity.activity() + " of " + activity.site() + " from " + activity.from() + " until "
                    + activity.until();
            List<EmissionFactor> holding = factors.inForce(activity.activity(), activity.unit(), activity.from());
            if (activity.amount().isEmpty()) {
                gaps.add(new Gap(activity, Lack.NO_FIGURE, what + ": no figure."));
            } else if (holding.isEmpty()) {
                gaps.add(new Gap(
                        activity,
                        Lack.NO_FACTOR,
                        what + ": no factor per " + activity.unit() + ". " + factors.known(activity.activity())));
            } else {
                add(activity, holding, what, lines, gaps);
            }
        }
        return new Emissions(lines, gaps);
    }

    private static void add(
            Activity activity, List<EmissionFactor> holding, String what, List<Line> lines, List<Gap> gaps) {
        for (EmissionFactor factor : holding) {
            if (activity.until().isAfter(factor.until())) {
                gaps.add(new Gap(
                        activity,
                        Lack.FACTOR_ENDS,
                        what + ": its factor ends on " + factor.until() + ". Cut the period there."));
            } else {
                BigDecimal kg = activity.amount().orElseThrow().multiply(factor.kgCo2ePerUnit());
                lines.add(new Line(activity, factor, kg));
            }
        }
        boolean location = holding.stream().anyMatch(f -> f.basis() == Basis.LOCATION);
        boolean market = holding.stream().anyMatch(f -> f.basis() == Basis.MARKET);
        if (location != market) {
            gaps.add(new Gap(
                    activity,
                    location ? Lack.NO_MARKET_FACTOR : Lack.NO_LOCATION_FACTOR,
                    what + ": scope 2 " + (location ? "by market" : "by location") + " has no factor."));
        }
    }

    /** Sum of one scope on one basis; empty where no line belongs to it. */
    public Optional<Total> total(Scope scope, Basis basis) {
        BigDecimal sum = BigDecimal.ZERO;
        Quality worst = gaps.isEmpty() ? Quality.MEASURED : Quality.PARTIAL;
        boolean any = false;
        for (Line line : lines) {
            if (line.factor().scope() == scope && line.factor().basis() == basis) {
                sum = sum.add(line.kgCo2e());
                worst = worst.worse(line.activity().quality());
                any = true;
            }
        }
        return any ? Optional.of(new Total(sum, worst)) : Optional.empty();
    }

    /**
     * Intensity: an amount for each unit of product, area or site; empty where there is nothing to divide by.
     *
     * @param per tonnes, square metres, pieces; 0 or less has no intensity
     */
    public static Optional<BigDecimal> intensity(BigDecimal amount, BigDecimal per) {
        return per.signum() > 0 ? Optional.of(amount.divide(per, MathContext.DECIMAL64)) : Optional.empty();
    }
}
