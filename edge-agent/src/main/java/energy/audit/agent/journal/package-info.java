/**
 * What the agent says about itself: {@code service.log} and {@code ingest.log}, each line led by a stable code that an
 * operator can grep. Promises: every error line carries {@code ERR}; no secret and no payload is ever written; the logs
 * are bounded on disk. Not here: measurements, which are evidence and go through {@code keep}.
 */
@NullMarked
package energy.audit.agent.journal;

import org.jspecify.annotations.NullMarked;
