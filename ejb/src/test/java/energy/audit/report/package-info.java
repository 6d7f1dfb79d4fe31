@NullMarked
package energy.audit.report;

import org.jspecify.annotations.NullMarked;
