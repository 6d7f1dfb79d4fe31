/** Kinds of energy performance indicators, from a simple value to an engineering formula with units. */
@NullMarked
package energy.audit.analysis.enpi;

import org.jspecify.annotations.NullMarked;
