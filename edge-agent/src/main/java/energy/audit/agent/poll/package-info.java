/**
 * Steps 1 and 2 of a reading's way: poll registers, stamp what came. Promises: R1 no answer is a cause, never a zero;
 * R2 a value of several registers is read in one request and so never torn; R3 at most one request is under way on a bus;
 * R4 a dead device costs its neighbours little; R5 counts stay raw. j2mod is known to {@code ModbusBus} alone. Not here:
 * disk, network to the backend.
 */
@NullMarked
package energy.audit.agent.poll;

import org.jspecify.annotations.NullMarked;
