package energy.audit.web.consumption;

import energy.audit.consumption.EnergyAmount;
import energy.audit.web.shell.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.Optional;

/** The sentence at the top of the page of a day: today against the same weekday last week, and what drives it. */
final class DayWords {
    private static final String ELECTRICITY = "electricity";
    /** Closer than this is "as last week". */
    private static final double ALIKE_PERCENT = 2;
    /** A meter with this share of the difference is named. */
    private static final double DRIVES = 0.3;
    /** With less of last week than this there is nothing to compare with. */
    private static final double COMPARABLE = 0.9;

    private final Words words;
    private final DayView view;
    private final EnergyAmount day;
    private final EnergyAmount before;

    DayWords(Words words, DayView view) {
        this.words = words;
        this.view = view;
        this.day = view.sum(ELECTRICITY, false);
        this.before = view.sum(ELECTRICITY, true);
    }

    boolean comparable() {
        return day.value().isPresent()
                && before.value().filter(kwh -> kwh.signum() > 0).isPresent()
                && before.coverage() >= COMPARABLE;
    }

    /** kWh more than a week before; empty when that cannot be said. */
    Optional<BigDecimal> difference() {
        return comparable() ? day.value().flatMap(now -> before.value().map(now::subtract)) : Optional.empty();
    }

    String weekday() {
        return words.weekday(view.day());
    }

    String headline() {
        String when = view.running() ? "running" : "past";
        if (day.value().isEmpty() && view.powerKw().isPresent()) {
            return words.text(
                    "today.headline.power",
                    view.site().name(),
                    words.number(view.powerKw().get(), 0));
        }
        if (day.value().isEmpty()) {
            return words.text("today.headline.empty." + when, words.day(view.day()));
        }
        if (!comparable()) {
            return words.text(
                    "today.headline.plain." + when, words.number(day.value().get(), 0), words.day(view.day()));
        }
        BigDecimal difference = difference().orElse(BigDecimal.ZERO);
        double percent = difference
                .divide(before.value().orElse(BigDecimal.ONE), MathContext.DECIMAL32)
                .movePointRight(2)
                .doubleValue();
        if (Math.abs(percent) < ALIKE_PERCENT) {
            return words.text(
                    "today.headline.alike." + when,
                    words.number(day.value().get(), 0),
                    weekday(),
                    words.day(view.day()));
        }
        String size = words.number(BigDecimal.valueOf(Math.abs(percent)), 0);
        String sign = percent > 0 ? "more" : "less";
        Optional<MeterLine> driver = driver(difference);
        return driver.map(meter -> words.text(
                        "today.headline." + sign + ".driver." + when,
                        size,
                        weekday(),
                        meter.name(),
                        words.day(view.day())))
                .orElseGet(() ->
                        words.text("today.headline." + sign + "." + when, size, weekday(), words.day(view.day())));
    }

    private Optional<MeterLine> driver(BigDecimal difference) {
        return view.meters().stream()
                .filter(meter -> !meter.boundary() && meter.source().equals(ELECTRICITY))
                .filter(meter -> meter.difference()
                        .filter(part -> part.signum() == difference.signum()
                                && part.abs().doubleValue()
                                        >= DRIVES * difference.abs().doubleValue())
                        .isPresent())
                .max(Comparator.comparing(
                        meter -> meter.difference().map(BigDecimal::abs).orElse(BigDecimal.ZERO)));
    }

    String basis() {
        String zone = view.site().zone().getId();
        if (!comparable()) {
            return words.text("today.basis.alone", zone);
        }
        return view.running()
                ? words.text(
                        "today.basis.running",
                        weekday(),
                        words.time(view.until(), view.site().zone()),
                        zone)
                : words.text("today.basis.past", words.day(view.day().minusDays(7)), zone);
    }
}
