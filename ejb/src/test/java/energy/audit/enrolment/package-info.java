/** Tests of enrolment. */
@NullMarked
package energy.audit.enrolment;

import org.jspecify.annotations.NullMarked;
