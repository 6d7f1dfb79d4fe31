package energy.audit.consumption;

import java.util.List;

/**
 * Energy of one source at the boundary of a site: the sum of its meters that have no meter above them.
 *
 * @param source electricity, gas, heat, …
 * @param energyKwh their sum, kWh
 * @param meters each energy meter of the source, also those below another one
 */
public record SourceEnergy(String source, EnergyAmount energyKwh, List<MeterEnergy> meters) {
    public SourceEnergy {
        meters = List.copyOf(meters);
    }

    /** One meter; {@code boundary}: counts in the sum, else a part of {@code parent}. */
    public record MeterEnergy(
            String meter, String name, String channel, String parent, boolean boundary, EnergyAmount energyKwh) {}
}
