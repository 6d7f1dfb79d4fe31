/**
 * Signed reports: figures of a prefix of the log, printed as PDF or CSV, with the evidence from which anybody can compute
 * them again. Owns no table.
 *
 * <p>Promises: R1 a report is a function of the first N entries of the log: the same N gives the same figures under the
 * same ids. R2 every figure is computed from the readings that are attached, and from nothing else. R3 the same content
 * gives the same bytes but for id, time and signature. R4 each report is itself an entry of the log. Not here: how a
 * figure is computed ({@code analysis.report}), how it is checked ({@code verifier}).
 */
@Capability(
        door = Reports.class,
        uses = {"log", "access", "metering", "consumption", "ingest", "performance", "variables"})
@NullMarked
package energy.audit.report;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
