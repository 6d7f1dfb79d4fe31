/** Pages and REST of sites, meters and agents. */
@NullMarked
package energy.audit.web.metering;

import org.jspecify.annotations.NullMarked;
