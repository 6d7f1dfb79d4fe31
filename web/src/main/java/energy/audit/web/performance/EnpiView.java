package energy.audit.web.performance;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.enpi.BaselineFit;
import energy.audit.analysis.performance.CusumCourse;
import energy.audit.analysis.performance.Method;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.performance.ExpectedRow;
import energy.audit.performance.Performance;
import energy.audit.performance.Ranking;
import energy.audit.performance.Savings;
import energy.audit.performance.Standing;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the page of an indicator shows.
 *
 * @param first the reporting period; @param last included
 * @param savings empty where there is no claim; then {@code noClaim} says why
 */
record EnpiView(
        Standing standing,
        LocalDate first,
        LocalDate last,
        List<ExpectedRow> rows,
        Optional<CusumCourse> cusum,
        Optional<BaselineFit> model,
        Optional<Savings> savings,
        Optional<Refusal> noClaim,
        Optional<Ranking> ranking,
        String actor,
        boolean mayDefine,
        boolean mayDecide) {

    /** The question in the page's address. */
    record Question(
            String id,
            Method method,
            Optional<LocalDate> first,
            Optional<LocalDate> last,
            Optional<LocalDate> fitFirst,
            Optional<LocalDate> fitLast) {}

    static EnpiView read(Performance performance, Access access, Question question) {
        performance.examine(question.id());
        Standing standing = performance.standing(question.id());
        LocalDate newest = performance.lastWhole(standing.definition());
        LocalDate last = question.last().orElse(newest);
        LocalDate first = question.first()
                .orElseGet(() -> standing.inForce()
                        .map(b -> b.last().plusDays(1))
                        .filter(day -> !day.isAfter(last))
                        .orElse(last.minusDays(30)));
        LocalDate shownFrom = standing.inForce()
                .map(b -> b.first().isBefore(first) ? b.first() : first)
                .orElse(first);
        List<ExpectedRow> rows = performance.values(question.id(), shownFrom, last, LogSize.NEWEST);
        Optional<Savings> savings = Optional.empty();
        Optional<Refusal> noClaim = Optional.empty();
        try {
            savings = Optional.of(performance.savings(question.id(), question.method(), first, last, LogSize.NEWEST));
        } catch (Refusal refusal) {
            // no claim is an answer here, and the page says why
            noClaim = Optional.of(refusal);
        }
        Optional<CusumCourse> cusum = standing.inForce().isPresent()
                ? Optional.of(performance.cusum(question.id(), first, last, LogSize.NEWEST))
                : Optional.empty();
        Optional<Ranking> ranking = question.fitFirst()
                .flatMap(from -> question.fitLast().map(to -> performance.candidates(question.id(), from, to)));
        return new EnpiView(
                standing,
                first,
                last,
                rows,
                cusum,
                performance.model(question.id()),
                savings,
                noClaim,
                ranking,
                access.actor(),
                access.may(Permission.DEFINE_ENPI),
                access.may(Permission.DECIDE_ENPI));
    }
}
