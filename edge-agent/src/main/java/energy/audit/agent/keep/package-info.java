/**
 * Step 3 and 4 of a reading's way: seal it and keep it. Promises: R1 what {@code append} returned from survives kill -9
 * and loss of power; R2 a sequence number is never used for two batches; R3 a torn tail is cut, and the cut is reported in
 * the next batch; R4 a batch is deleted only on a checked receipt, a quarantined one is set aside; R5 the disk use is
 * bounded, and at the bound nothing that is kept is given up. Not here: network.
 */
@NullMarked
package energy.audit.agent.keep;

import org.jspecify.annotations.NullMarked;
