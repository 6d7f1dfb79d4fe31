package energy.audit.variables;

import energy.audit.analysis.variable.ShiftPlan;
import java.time.Instant;

/**
 * A shift plan as it was entered.
 *
 * @param inForce no later entry speaks of the same first day
 */
public record PlannedShifts(ShiftPlan plan, String reason, String by, Instant at, boolean inForce) {}
