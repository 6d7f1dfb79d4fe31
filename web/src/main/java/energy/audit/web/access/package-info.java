/** Who is signed in, the wall against forged requests, and REST of tenants and grants. */
@NullMarked
package energy.audit.web.access;

import org.jspecify.annotations.NullMarked;
