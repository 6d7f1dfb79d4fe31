package energy.audit.analysis.carbon;

import java.math.BigDecimal;

/**
 * Emissions of a grid by gas, as eGRID and residual mixes state them.
 *
 * @param co2KgPerMwh kg CO₂ for a MWh
 * @param ch4GramsPerMwh g CH₄ for a MWh
 * @param n2oGramsPerMwh g N₂O for a MWh
 */
public record GasRates(BigDecimal co2KgPerMwh, BigDecimal ch4GramsPerMwh, BigDecimal n2oGramsPerMwh) {
    /**
     * Global warming potentials over 100 years.
     *
     * @param name such as {@code AR4}
     */
    public record WarmingPotentials(String name, BigDecimal ch4, BigDecimal n2o) {}

    /** kg CO₂e of one kWh, exact. */
    public BigDecimal kgCo2ePerKwh(WarmingPotentials gwp) {
        BigDecimal grams = ch4GramsPerMwh.multiply(gwp.ch4()).add(n2oGramsPerMwh.multiply(gwp.n2o()));
        return co2KgPerMwh.movePointLeft(3).add(grams.movePointLeft(6));
    }
}
