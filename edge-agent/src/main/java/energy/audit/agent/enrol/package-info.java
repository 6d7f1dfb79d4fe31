/**
 * How the agent comes by its papers and keeps them: enrolling with a one-time token, its TLS key and client certificate,
 * the certificate's renewal, and the change of the key that signs. Private keys are made here and never leave the
 * agent's directory.
 */
@NullMarked
package energy.audit.agent.enrol;

import org.jspecify.annotations.NullMarked;
