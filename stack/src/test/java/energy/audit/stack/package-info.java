/** Tests of the stack; the ones that end in IT start real servers on ports of their own. */
@NullMarked
package energy.audit.stack;

import org.jspecify.annotations.NullMarked;
