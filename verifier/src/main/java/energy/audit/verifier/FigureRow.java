package energy.audit.verifier;

import energy.audit.evidence.wire.Figure;

/**
 * A line of the table: figure, printed, recomputed.
 *
 * @param recomputed decimal text; empty: no value could be computed
 * @param quality as recomputed
 */
record FigureRow(Figure figure, String recomputed, String quality, boolean agrees) {}
