package energy.audit.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.ResourceBundle;

/** Texts, numbers and dates in the language of the request. */
@RequestScoped
@Named("words")
public class Words {
    private static final String BUNDLE = "energy.audit.web.shell.words";

    private final Locale locale;
    private final ResourceBundle texts;

    @Inject
    public Words(HttpServletRequest request) {
        this.locale = Language.of(request);
        this.texts = ResourceBundle.getBundle(BUNDLE, locale);
    }

    public Locale getLocale() {
        return locale;
    }

    /** A text; {@code {0}} and so on are replaced by what is given, as it stands. */
    public String text(String key, Object... values) {
        String pattern = texts.getString(key);
        return values.length == 0 ? pattern : new MessageFormat(pattern, locale).format(values);
    }

    /** Whether there is such a text: for names of quantities and reasons that may be new. */
    public String textOr(String key, String otherwise) {
        return texts.containsKey(key) ? texts.getString(key) : otherwise;
    }

    /** With as many decimals as make sense: none from 100 on, one from 10 on, else two. */
    public String number(BigDecimal value) {
        BigDecimal size = value.abs();
        int decimals = size.compareTo(BigDecimal.valueOf(100)) >= 0 || size.signum() == 0
                ? 0
                : size.compareTo(BigDecimal.TEN) >= 0 ? 1 : 2;
        return number(value, decimals);
    }

    public String number(BigDecimal value, int decimals) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(value);
    }

    public String whole(long value) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }

    /** Whole, with its sign, also a plus; what rounds to zero has none. */
    public String signed(BigDecimal value) {
        BigDecimal shown = value.setScale(0, RoundingMode.HALF_EVEN);
        return (shown.signum() > 0 ? "+" : shown.signum() < 0 ? "−" : "") + number(shown.abs(), 0);
    }

    /** A share of one as per cent, rounded down so that only what is whole shows 100. */
    public String percent(double share) {
        double percent = share * 100;
        boolean nearlyWhole = percent > 99 && percent < 99.95;
        BigDecimal shown = BigDecimal.valueOf(percent).setScale(nearlyWhole ? 1 : 0, RoundingMode.FLOOR);
        return number(percent >= 99.95 ? BigDecimal.valueOf(100) : shown, nearlyWhole ? 1 : 0) + " %";
    }

    /** 10:40 */
    public String time(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofPattern("HH:mm", locale).format(at.atZone(zone));
    }

    /** 23 Nov 2026, 10:40:10 */
    public String moment(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofPattern(german() ? "d. MMM yyyy, HH:mm:ss" : "d MMM yyyy, HH:mm:ss", locale)
                .format(at.atZone(zone));
    }

    /** Mon 23 Nov */
    public String day(LocalDate day) {
        return DateTimeFormatter.ofPattern(german() ? "EE d. MMM" : "EEE d MMM", locale)
                .format(day);
    }

    /** Mon 23 Nov 2026 */
    public String dayWithYear(LocalDate day) {
        return DateTimeFormatter.ofPattern(german() ? "EE d. MMM yyyy" : "EEE d MMM yyyy", locale)
                .format(day);
    }

    /** Monday */
    public String weekday(LocalDate day) {
        return day.getDayOfWeek().getDisplayName(TextStyle.FULL_STANDALONE, locale);
    }

    private boolean german() {
        return locale.getLanguage().equals("de");
    }
}
