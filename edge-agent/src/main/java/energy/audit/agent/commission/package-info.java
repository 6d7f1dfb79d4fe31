/** Commissioning a meter: which type, word order, address and unit give the value that its display shows, and a signed record of it. */
@NullMarked
package energy.audit.agent.commission;

import org.jspecify.annotations.NullMarked;
