/** Energy derived from other channels: gas volume, heat, virtual meters, balances; quality is carried through. */
@NullMarked
package energy.audit.analysis.derived;

import org.jspecify.annotations.NullMarked;
