package energy.audit.web.shell;

/**
 * A figure with its trust mark, in words.
 *
 * @param note under the figure; {@code noteTone} colours its beginning
 * @param noteTone warn, good or none
 * @param trust what the mark says
 * @param whole whether the figure rests on complete data
 * @param evidence address of its evidence; empty when there is none to show
 */
public record Figure(
        String label,
        String value,
        String unit,
        String strong,
        String note,
        String noteTone,
        String trust,
        boolean whole,
        String evidence) {}
