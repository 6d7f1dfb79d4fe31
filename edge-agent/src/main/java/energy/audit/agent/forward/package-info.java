/**
 * Step 5 of a reading's way, and the plant's half of step 7: forward kept batches, check what comes back. Promises: R1 the
 * first sending is in the order of sequence; R2 a PUBACK is not a receipt: only a receipt that is signed by the pinned log
 * key, proves inclusion and continues every head seen before frees a batch; R3 the witnessed head is on the disk before the
 * batch is given up; R4 at most a window of batches is on its way. HiveMQ's client is known to {@code MqttLink} alone.
 */
@NullMarked
package energy.audit.agent.forward;

import org.jspecify.annotations.NullMarked;
