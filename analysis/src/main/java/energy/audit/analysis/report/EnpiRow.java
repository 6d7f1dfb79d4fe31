package energy.audit.analysis.report;

import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An interval of a reporting period.
 *
 * @param energy inside the boundary, kWh
 * @param variables of the indicator, by id
 */
public record EnpiRow(FigureValue energy, Map<String, FigureValue> variables) {
    /** Decimals beyond which no scale of a register reaches: a difference rounded to so many is exact. */
    public static final int EXACT = 80;

    public EnpiRow {
        variables = Map.copyOf(variables);
    }

    /** Whether a model can be applied to it: its energy and all variables are known whole. */
    public boolean usable() {
        return !energy.value().isEmpty()
                && variables.values().stream().noneMatch(value -> value.value().isEmpty());
    }

    /** measured, or the worst that any of its numbers is. */
    String quality() {
        List<FigureValue> all = new ArrayList<>(variables.values());
        all.add(energy);
        return worst(all).name().toLowerCase(Locale.ROOT);
    }

    /**
     * Energy of a boundary, or a variable: the exact sum of register differences, and none where one of them is not known
     * whole.
     *
     * @param differences with {@link #EXACT} decimals
     */
    public static FigureValue amount(List<FigureValue> differences) {
        Quality worst = worst(differences);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal coverage = BigDecimal.ZERO;
        List<String> notes = new ArrayList<>();
        for (FigureValue difference : differences) {
            sum = difference.value().isEmpty() ? sum : sum.add(new BigDecimal(difference.value()));
            coverage = coverage.add(new BigDecimal(difference.coverage()));
            if (!difference.note().isEmpty() && !notes.contains(difference.note())) {
                notes.add(difference.note());
            }
        }
        boolean whole = worst == Quality.MEASURED || worst == Quality.ESTIMATED;
        if (worst == Quality.PARTIAL) {
            notes.add("only a part is known");
        }
        return new FigureValue(
                whole ? PrintedDigits.exact(sum) : "",
                whole ? worst.name().toLowerCase(Locale.ROOT) : "missing",
                ReportArithmetic.share(coverage, differences.size()),
                String.join("; ", notes));
    }

    /**
     * A variable that was imported, or follows from what was.
     *
     * @param value exact; empty: it is not known for all of the interval
     * @param coverage share of the interval that is known, 0 to 1
     * @param divided something crosses an end of the interval, so that nothing exact can be said of either side
     */
    public static FigureValue imported(
            Optional<BigDecimal> value, double coverage, Duration interval, boolean divided) {
        long length = interval.toMillis();
        String share = BigDecimal.valueOf(Math.round(coverage * length))
                .divide(BigDecimal.valueOf(length), 4, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
        if (divided) {
            return new FigureValue("", "missing", share, "a figure of it crosses an end of the interval");
        }
        return value.map(known -> new FigureValue(
                        PrintedDigits.exact(known), share.equals("1") ? "measured" : "estimated", share, ""))
                .orElseGet(() -> new FigureValue("", "missing", share, "not known for all of the interval"));
    }

    private static Quality worst(List<FigureValue> values) {
        Quality worst = Quality.MEASURED;
        for (FigureValue value : values) {
            Quality quality = Quality.valueOf(value.quality().toUpperCase(Locale.ROOT));
            worst = quality.compareTo(worst) > 0 ? quality : worst;
        }
        return worst;
    }
}
