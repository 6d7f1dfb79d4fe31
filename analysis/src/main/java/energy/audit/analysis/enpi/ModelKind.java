package energy.audit.analysis.enpi;

import energy.audit.analysis.regression.ChangePointShape;
import java.util.Locale;
import java.util.Optional;

/** How an indicator says what energy was to be expected. */
public enum ModelKind {
    /** The mean of the baseline's intervals. */
    VALUE(null),
    /** Energy for each unit of one variable. */
    RATIO(null),
    /** Least squares over one or more variables. */
    LINEAR(null),
    HEATING_3P(ChangePointShape.HEATING_3P),
    COOLING_3P(ChangePointShape.COOLING_3P),
    COMMON_4P(ChangePointShape.COMMON_4P),
    HEATING_AND_COOLING_5P(ChangePointShape.HEATING_AND_COOLING_5P),
    /** An engineer's formula with units. */
    ENGINEERING(null);

    private final Optional<ChangePointShape> shape;

    ModelKind(@org.jspecify.annotations.Nullable ChangePointShape shape) {
        this.shape = Optional.ofNullable(shape);
    }

    /** Of the kinds with change points over a temperature. */
    public Optional<ChangePointShape> shape() {
        return shape;
    }

    /** Whether savings by it can carry an uncertainty, and so a claim. */
    public boolean regression() {
        return this == LINEAR || shape.isPresent();
    }

    /** As in JSON and in the log: {@code heating-3p}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<ModelKind> of(String text) {
        for (ModelKind kind : values()) {
            if (kind.text().equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
