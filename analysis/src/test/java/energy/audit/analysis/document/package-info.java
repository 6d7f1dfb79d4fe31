@NullMarked
package energy.audit.analysis.document;

import org.jspecify.annotations.NullMarked;
