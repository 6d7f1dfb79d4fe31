@NullMarked
package energy.audit.carbon;

import org.jspecify.annotations.NullMarked;
