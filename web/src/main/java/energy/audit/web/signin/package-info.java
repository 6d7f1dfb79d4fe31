/** Who asks: sign-in of people and programs, and the caller of a request. */
@NullMarked
package energy.audit.web.signin;

import org.jspecify.annotations.NullMarked;
