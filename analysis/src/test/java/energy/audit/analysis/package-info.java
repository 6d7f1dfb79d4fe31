/** Rules for the whole module. */
@NullMarked
package energy.audit.analysis;

import org.jspecify.annotations.NullMarked;
