/** REST of readings, of what became of everything that was sent, and of what was refused. */
@NullMarked
package energy.audit.web.ingest;

import org.jspecify.annotations.NullMarked;
