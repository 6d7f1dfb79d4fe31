package energy.audit.factor;

import energy.audit.kernel.Refusal;

/** What a table holds. */
public enum FactorKind {
    EMISSION_FACTORS("emission-factors"),
    TARIFF("tariff"),
    PRIMARY_ENERGY_FACTORS("primary-energy-factors");

    private final String text;

    FactorKind(String text) {
        this.text = text;
    }

    /** As in the log and in REST. */
    public String text() {
        return text;
    }

    public static FactorKind of(String text) {
        for (FactorKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        throw Refusal.invalid(
                "UNKNOWN_KIND",
                "factor table of kind '" + text + "'",
                "there is no such kind",
                "Use emission-factors, primary-energy-factors or tariff.");
    }
}
