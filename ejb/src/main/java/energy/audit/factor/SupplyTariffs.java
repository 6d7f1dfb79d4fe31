package energy.audit.factor;

import energy.audit.analysis.cost.Tariffs;

/** @param entry log entry of the table that the tariffs are of */
public record SupplyTariffs(Tariffs tariffs, long entry, String source) {}
