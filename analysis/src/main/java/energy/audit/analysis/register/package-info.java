/**
 * Registers to consumption, in whole counts: the energy of an interval is the difference of the register at its
 * boundaries, with rollover, reset, glitch, back-step, meter exchange and gaps classified. Scaling happens elsewhere.
 */
@NullMarked
package energy.audit.analysis.register;

import org.jspecify.annotations.NullMarked;
