@NullMarked
package energy.audit.analysis.powerquality;

import org.jspecify.annotations.NullMarked;
