package energy.audit.analysis.performance;

/**
 * How a model carries energy from the conditions of one period to those of another. b baseline, r reporting, m middle
 * period, std standard conditions; E measured, Ê modelled; sums over sources in primary energy.
 *
 * @see "SEP Measurement and Verification Protocol for Industry, 2012, 3.1.3 Adjustment Model Application Methods"
 */
public enum Method {
    /** Model of b applied to r: SEnPI = E(r)/Ê(r). */
    FORECAST,
    /** Model of r applied to b: SEnPI = Ê(b)/E(b). */
    BACKCAST,
    /** Model of m applied to both: SEnPI = E(r)/Ê(r) · Ê(b)/E(b). */
    CHAINING,
    /** Models of b and r applied to the same conditions: SEnPI = Ê_r(std)/Ê_b(std). */
    STANDARD_CONDITIONS
}
