/** REST of signed reports. */
@NullMarked
package energy.audit.web.report;

import org.jspecify.annotations.NullMarked;
