/**
 * Starts, watches and ends everything a whole energy-audit installation needs on one machine: PostgreSQL, the Artemis
 * broker, Keycloak, WildFly with the EAR, the plant simulator, the edge agents and the history loggers.
 *
 * <p>Promises: R1 nothing starts before the preflight has passed. R2 no process outlives its supervisor. R3 a second
 * start keeps all data. R4 a directory that is not ours is never deleted. Not here: what the parts do.
 */
@NullMarked
package energy.audit.stack;

import org.jspecify.annotations.NullMarked;
