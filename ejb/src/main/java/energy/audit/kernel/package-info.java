/**
 * Words that every room shares: tenants, sites, channels, periods, the size of the log, refusals and faults, the codes of
 * log lines, and the card of a room. Records and enums only; no input or output, no injection. Not here: anything that
 * one room alone needs.
 */
@NullMarked
package energy.audit.kernel;

import org.jspecify.annotations.NullMarked;
