/** Registers to consumption, against published cases and random histories. */
@NullMarked
package energy.audit.analysis.register;

import org.jspecify.annotations.NullMarked;
