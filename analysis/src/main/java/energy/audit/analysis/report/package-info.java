/** How a report's figures are computed: the backend that prints them and the verifier that checks them call this. */
@NullMarked
package energy.audit.analysis.report;

import org.jspecify.annotations.NullMarked;
