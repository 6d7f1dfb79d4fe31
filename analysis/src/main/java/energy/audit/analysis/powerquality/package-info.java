/**
 * Voltage events from records of the waveform or of half-cycle RMS values, named as in IEEE 1159. Registers polled each
 * second cannot see such events; no function here takes them.
 */
@NullMarked
package energy.audit.analysis.powerquality;

import org.jspecify.annotations.NullMarked;
