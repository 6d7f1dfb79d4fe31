/** Tests of the evidence format, first against published vectors. */
@NullMarked
package energy.audit.evidence;

import org.jspecify.annotations.NullMarked;
