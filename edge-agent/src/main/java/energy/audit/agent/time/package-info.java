/**
 * What the agent knows about its own clock: whether somebody disciplines it, how far it may be off, whether it was set.
 * Readings are stamped by the wall clock; the monotonic clock of the machine, which nobody can set, shows when the wall clock
 * was wrong, and by how much.
 */
@NullMarked
package energy.audit.agent.time;

import org.jspecify.annotations.NullMarked;
