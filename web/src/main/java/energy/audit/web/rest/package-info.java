/** What all REST resources share: where they are mounted, entering a tenant, reading bodies and parameters, problems. */
@NullMarked
package energy.audit.web.rest;

import org.jspecify.annotations.NullMarked;
