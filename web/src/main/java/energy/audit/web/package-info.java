/** Portal and REST: thin edges over the doors of the backend. */
@NullMarked
package energy.audit.web;

import org.jspecify.annotations.NullMarked;
