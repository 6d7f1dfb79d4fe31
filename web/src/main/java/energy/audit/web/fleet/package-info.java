/** Pages and REST of how agents and their devices are, and of agents that have fallen silent. */
@NullMarked
package energy.audit.web.fleet;

import org.jspecify.annotations.NullMarked;
