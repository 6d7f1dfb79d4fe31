/** Tests of the auditor's program on small real reports: real keys, batches, log and files; no stand-ins. */
@NullMarked
package energy.audit.verifier;

import org.jspecify.annotations.NullMarked;
