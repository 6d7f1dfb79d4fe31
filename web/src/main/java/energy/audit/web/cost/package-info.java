/** Tariffs, emission factors, and what a site's energy costs and emits by them, by REST and as a page. */
@NullMarked
package energy.audit.web.cost;

import org.jspecify.annotations.NullMarked;
