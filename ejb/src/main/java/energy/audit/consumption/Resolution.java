package energy.audit.consumption;

import energy.audit.analysis.register.Boundaries;
import energy.audit.kernel.Refusal;
import java.time.Duration;

/** Lengths of intervals that are kept. Days and months begin in the site's zone. */
public enum Resolution {
    QUARTER_HOUR("PT15M", Boundaries.Step.QUARTER_HOUR, Duration.ofMinutes(15)),
    HOUR("PT1H", Boundaries.Step.HOUR, Duration.ofHours(1)),
    DAY("P1D", Boundaries.Step.DAY, Duration.ofDays(1)),
    MONTH("P1M", Boundaries.Step.MONTH, Duration.ofDays(30));

    private final String text;
    private final Boundaries.Step step;
    private final Duration about;

    Resolution(String text, Boundaries.Step step, Duration about) {
        this.text = text;
        this.step = step;
        this.about = about;
    }

    /** ISO 8601, as in REST and tables: {@code PT15M}. */
    public String text() {
        return text;
    }

    /** Roughly how long an interval is; days and months vary. */
    public Duration about() {
        return about;
    }

    Boundaries.Step step() {
        return step;
    }

    public static Resolution of(String text) {
        for (Resolution resolution : values()) {
            if (resolution.text.equals(text)) {
                return resolution;
            }
        }
        throw Refusal.invalid(
                "UNKNOWN_RESOLUTION",
                "resolution '" + text + "'",
                "intervals are kept in four lengths only",
                "Use PT15M, PT1H, P1D or P1M.");
    }
}
