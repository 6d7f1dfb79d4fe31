/**
 * A plant that does not exist, behind Modbus sockets that do. Three sites of two companies with some seventy measuring
 * points: loads follow shifts, weather and each other, sub-meters add up to the main meter less losses, and every register
 * is a function of (seed, time, interventions) alone. Door: {@link energy.audit.plant.PlantSimulator}.
 */
@NullMarked
package energy.audit.plant;

import org.jspecify.annotations.NullMarked;
