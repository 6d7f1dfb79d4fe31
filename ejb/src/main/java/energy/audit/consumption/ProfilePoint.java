package energy.audit.consumption;

import java.time.Instant;

/** Energy of a quarter hour at the boundary of a site, kWh; its mean power in kW is four times that. */
public record ProfilePoint(Instant start, Instant end, EnergyAmount energyKwh) {}
