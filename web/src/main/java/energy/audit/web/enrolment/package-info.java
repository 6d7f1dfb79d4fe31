/** How agents get in and are put out: two resources for people, and one for agents that have no account yet. */
@NullMarked
package energy.audit.web.enrolment;

import org.jspecify.annotations.NullMarked;
