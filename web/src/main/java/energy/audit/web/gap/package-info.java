/** Where data is missing, by REST and as a page, and the form in which somebody signs for it. */
@NullMarked
package energy.audit.web.gap;

import org.jspecify.annotations.NullMarked;
