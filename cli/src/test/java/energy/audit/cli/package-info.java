/** The commands as a person calls them: arguments in, exit status and two streams out. */
@NullMarked
package energy.audit.cli;

import org.jspecify.annotations.NullMarked;
