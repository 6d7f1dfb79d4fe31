/** Tests that concern the whole module, and the published cases that they share. */
@NullMarked
package energy.audit.analysis;

import org.jspecify.annotations.NullMarked;
