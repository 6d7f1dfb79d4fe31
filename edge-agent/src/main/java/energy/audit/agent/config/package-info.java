/**
 * The agent's configuration directory: {@code modbus.yaml}, {@code device_mapping.json}, {@code audit-engine.conf}, keys
 * and password. Promises: a file with a secret or the bus layout is refused if anybody else may read it; an unknown or
 * contradictory key is refused with the file, the key and the next step; what was read is immutable. Not here: reading
 * registers, sending.
 */
@NullMarked
package energy.audit.agent.config;

import org.jspecify.annotations.NullMarked;
