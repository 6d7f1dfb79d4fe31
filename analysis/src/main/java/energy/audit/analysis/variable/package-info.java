/** What drives energy and is no register: temperatures, degree days, production and shifts, over periods of any length. */
@NullMarked
package energy.audit.analysis.variable;

import org.jspecify.annotations.NullMarked;
