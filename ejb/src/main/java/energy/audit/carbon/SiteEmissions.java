package energy.audit.carbon;

import energy.audit.analysis.carbon.Emissions;
import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Emissions of a site's energy over a period.
 *
 * @param entries log entries of the factor tables
 * @param energyKwh all sources at the boundary; empty when none has a figure
 * @param intensities energy and emissions for each unit of something
 */
public record SiteEmissions(
        Emissions emissions,
        List<Long> entries,
        Optional<BigDecimal> energyKwh,
        Quality energyQuality,
        List<Intensity> intensities) {
    public SiteEmissions {
        entries = List.copyOf(entries);
        intensities = List.copyOf(intensities);
    }

    /**
     * @param per what is divided by: a product's name, {@code floor-area}
     * @param unit of it: t, pieces, m2
     * @param amount of it in the period; empty when it is not known for the whole period
     * @param kwhPer energy for each unit
     * @param kgCo2ePer scope 1 and 2 by location for each unit
     */
    public record Intensity(
            String per,
            String unit,
            Optional<BigDecimal> amount,
            Optional<BigDecimal> kwhPer,
            Optional<BigDecimal> kgCo2ePer) {}
}
