package energy.audit.analysis.report;

/**
 * A figure as it is printed.
 *
 * @param value decimal text; empty when there is no figure, never zero for missing data
 * @param quality measured, estimated, partial or missing
 * @param coverage decimal fraction 0..1 as text: share of the boundary readings that are present
 * @param note what happened on the way (rollover, exchange, reset, missing boundary), in words; may be empty
 */
public record FigureValue(String value, String quality, String coverage, String note) {}
