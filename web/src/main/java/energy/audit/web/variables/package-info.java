/** Production and other relevant variables over REST. */
@NullMarked
package energy.audit.web.variables;

import org.jspecify.annotations.NullMarked;
