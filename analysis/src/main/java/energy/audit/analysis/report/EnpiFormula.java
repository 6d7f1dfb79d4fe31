package energy.audit.analysis.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formulas of figures about an energy performance indicator; docs/evidence-format.md, section 7. */
public enum EnpiFormula {
    /** Energy inside the boundary in one interval. */
    ENERGY(About.INTERVAL),
    /** A relevant variable in one interval. */
    VARIABLE(About.INTERVAL),
    /** What the baseline's model expects of one interval. */
    EXPECTED(About.INTERVAL),
    /** Energy minus what was expected, summed from the first interval on. */
    CUSUM(About.INTERVAL),
    OBSERVATIONS(About.MODEL),
    COEFFICIENT(About.MODEL),
    STANDARD_ERROR(About.MODEL),
    /** Two-sided p of a coefficient. */
    P(About.MODEL),
    R_SQUARED(About.MODEL),
    ADJUSTED_R_SQUARED(About.MODEL),
    CV_RMSE(About.MODEL),
    /** p of the F test of the whole model. */
    F_P(About.MODEL),
    /** Of the residuals, lag 1. */
    AUTOCORRELATION(About.MODEL),
    DURBIN_WATSON(About.MODEL),
    ACTUAL(About.PERIOD),
    ADJUSTED_BASELINE(About.PERIOD),
    SAVINGS(About.CLAIM),
    IMPROVEMENT(About.CLAIM),
    SENPI(About.CLAIM),
    /** Half the width of the interval that holds the true savings with 90 % confidence. */
    UNCERTAINTY(About.CLAIM),
    /** Sum of the approved adjustments whose days lie in the reporting period. */
    ADJUSTMENTS(About.ADJUSTED),
    SAVINGS_AFTER_ADJUSTMENTS(About.ADJUSTED),
    IMPROVEMENT_AFTER_ADJUSTMENTS(About.ADJUSTED);

    /** What a figure is about, and so what it needs. */
    public enum About {
        /** One day or month. */
        INTERVAL,
        /** The baseline and nothing after it. */
        MODEL,
        /** All intervals of a reporting period. */
        PERIOD,
        /** The same, where a claim of savings may be made. */
        CLAIM,
        /** A claim, where approved adjustments lie in the period. */
        ADJUSTED
    }

    private static final String ENERGY_UNIT = "kWh";

    private final About about;

    EnpiFormula(About about) {
        this.about = about;
    }

    public About about() {
        return about;
    }

    /** As a figure names it: {@code enpi-r-squared/v1}. */
    public String text() {
        return "enpi-" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "/v1";
    }

    /** @param ofVariable unit of the variable that the figure, or its coefficient, is about; empty: about none */
    public String unit(String ofVariable) {
        return switch (this) {
            case VARIABLE -> ofVariable;
            case COEFFICIENT, STANDARD_ERROR -> ofVariable.isEmpty() ? ENERGY_UNIT : ENERGY_UNIT + "/" + ofVariable;
            case ENERGY,
                    EXPECTED,
                    CUSUM,
                    ACTUAL,
                    ADJUSTED_BASELINE,
                    SAVINGS,
                    UNCERTAINTY,
                    ADJUSTMENTS,
                    SAVINGS_AFTER_ADJUSTMENTS -> ENERGY_UNIT;
            case IMPROVEMENT, IMPROVEMENT_AFTER_ADJUSTMENTS -> "%";
            default -> "1";
        };
    }

    public static Optional<EnpiFormula> of(String text) {
        return Arrays.stream(values())
                .filter(formula -> formula.text().equals(text))
                .findFirst();
    }
}
