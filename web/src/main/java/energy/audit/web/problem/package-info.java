/** One shape for every no: RFC 9457. */
@NullMarked
package energy.audit.web.problem;

import org.jspecify.annotations.NullMarked;
