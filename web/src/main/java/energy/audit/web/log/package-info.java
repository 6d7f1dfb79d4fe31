/** Page and REST of the tenant's log: checkpoint, proofs, and the evidence of a figure. */
@NullMarked
package energy.audit.web.log;

import org.jspecify.annotations.NullMarked;
