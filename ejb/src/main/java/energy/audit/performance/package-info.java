/**
 * Energy performance: indicators (EnPI), their baselines (EnB) and what they say about savings. All of it is entries of the
 * log (kinds 15, 16 and 6); there is no table that could say otherwise.
 *
 * <p>Promises: R1 nothing that was said is changed: another content is a further version. R2 a baseline counts only after
 * somebody other than its author has approved it. R3 the model is a function of the inputs in the baseline's entry. R4 a
 * period without its energy or a variable is left out and named, never zero. R5 a changed static factor, or a model that may
 * not be applied to the reporting data, opens a review, and an open review stops every claim of savings. R6 an
 * interval is excluded from a model by an entry of its own with a reason, never silently. R7 an input names the imports that its
 * variables were taken from. R8 a non-routine adjustment counts only after somebody other than its author has approved it, and only
 * in reporting periods that hold all its days. Not here: cost.
 */
@Capability(
        door = Performance.class,
        uses = {"log", "access", "metering", "consumption", "variables"})
@NullMarked
package energy.audit.performance;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
