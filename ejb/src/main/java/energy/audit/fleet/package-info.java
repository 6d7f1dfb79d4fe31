/**
 * How agents and their devices are, as their signed batches tell, and which agents have fallen silent. Owns tables
 * {@code agent_vitals}, {@code device_vitals}, {@code device_hour}, {@code agent_expectation}, {@code agent_silence},
 * {@code silence_watch}.
 *
 * <p>Promises: R1 the same counters told twice, late or out of order count once. R2 an agent that is expected and not heard
 * for its time has exactly one open silence, however many nodes look; it ends with the next batch and stays as history.
 * R3 time in which the backend did not listen counts against no agent. Not here: keys and enrolment; what a batch measures.
 */
@Capability(
        door = Fleet.class,
        uses = {"access", "metering"})
@NullMarked
package energy.audit.fleet;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
