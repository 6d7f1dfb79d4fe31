/** The running product, tried as its users would: from outside, inside the server, and in a browser. */
@NullMarked
package energy.audit.it;

import org.jspecify.annotations.NullMarked;
