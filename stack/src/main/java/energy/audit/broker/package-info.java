/**
 * What the broker needs of us on its own class path; packed into a jar of its own. Promises: R1 nobody takes over the
 * MQTT session of an agent but the agent itself. Not here: who may use which topic, which is configuration.
 */
@NullMarked
package energy.audit.broker;

import org.jspecify.annotations.NullMarked;
