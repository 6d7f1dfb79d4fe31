@NullMarked
package energy.audit.analysis.regression;

import org.jspecify.annotations.NullMarked;
