/**
 * The plant's program: poll, stamp, seal, keep, forward, and witness what the backend answers. This package puts the rooms
 * together and holds the commands; the work is done in {@code config}, {@code poll}, {@code keep}, {@code forward} and
 * {@code journal}.
 */
@NullMarked
package energy.audit.agent;

import org.jspecify.annotations.NullMarked;
