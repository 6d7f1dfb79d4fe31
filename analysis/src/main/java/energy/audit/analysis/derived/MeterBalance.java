package energy.audit.analysis.derived;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A main meter against its sub-meters over one interval: residual = main − Σ subs − known losses.
 *
 * @param residual same unit as the meters; empty where one of them has no figure
 * @param standardUncertainty of the residual: root sum of squares of class/√3 of each meter's energy
 * @param outside true where |residual| is beyond twice the standard uncertainty
 */
public record MeterBalance(OptionalDouble residual, double standardUncertainty, boolean outside) {
    private static final double COVERAGE = 2;

    /** @param classPercent limit of error of meter and transformer together, percent of reading, taken as rectangular */
    public record Metered(String meter, Amount amount, double classPercent) {}

    public static MeterBalance of(Metered main, List<Metered> subs, double knownLosses) {
        if (main.amount().value().isEmpty()
                || subs.stream().anyMatch(s -> s.amount().value().isEmpty())) {
            return new MeterBalance(OptionalDouble.empty(), Double.NaN, false);
        }
        java.math.BigDecimal residual = main.amount().value().get().subtract(java.math.BigDecimal.valueOf(knownLosses));
        double variance = variance(main);
        for (Metered sub : subs) {
            residual = residual.subtract(sub.amount().value().get());
            variance += variance(sub);
        }
        double sigma = Math.sqrt(variance);
        double rest = residual.doubleValue();
        return new MeterBalance(OptionalDouble.of(rest), sigma, Math.abs(rest) > COVERAGE * sigma);
    }

    private static double variance(Metered meter) {
        double limit = meter.amount().value().orElseThrow().doubleValue() * meter.classPercent() / 100;
        return limit * limit / 3;
    }

    /**
     * The first interval of the first run of residuals outside their uncertainty and of one sign, so long that it is an
     * event: an unmetered load or a wrong transformer ratio; −1 where there is none.
     */
    public static int persistent(List<MeterBalance> balances, int intervals) {
        int run = 0;
        double sign = 0;
        for (int i = 0; i < balances.size(); i++) {
            MeterBalance balance = balances.get(i);
            double now = balance.outside ? Math.signum(balance.residual.orElse(0)) : 0;
            run = now != 0 && now == sign ? run + 1 : now != 0 ? 1 : 0;
            sign = now;
            if (run >= intervals && run > 0) {
                return i - run + 1;
            }
        }
        return -1;
    }
}
