/** Where a person is: tenant, site and page, taken from the URL and checked once. */
@NullMarked
package energy.audit.web.place;

import org.jspecify.annotations.NullMarked;
