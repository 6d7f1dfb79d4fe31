/** The commands of administrators and auditors. Data goes to standard output, everything else to standard error. */
@NullMarked
package energy.audit.cli;

import org.jspecify.annotations.NullMarked;
