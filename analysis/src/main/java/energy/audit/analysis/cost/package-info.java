/** Energy cost by dated tariffs: time of use, blocks, demand and standing charges. */
@NullMarked
package energy.audit.analysis.cost;

import org.jspecify.annotations.NullMarked;
