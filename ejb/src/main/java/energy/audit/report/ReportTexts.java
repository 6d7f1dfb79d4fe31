package energy.audit.report;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * The words of a report in one language. Numbers are printed alike in all languages (ISO 80000: a point before the
 * decimals, a thin space between thousands), so that a figure looks the same on every page it is shown on.
 */
final class ReportTexts {
    private static final char GROUPING = '\u00a0';

    private final Locale locale;
    private final ResourceBundle bundle;

    private ReportTexts(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                "energy.audit.report.texts",
                locale,
                ReportTexts.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    static ReportTexts in(Locale locale) {
        return new ReportTexts(locale);
    }

    Locale locale() {
        return locale;
    }

    /** The text under a key, its places filled in. */
    String say(String key, Object... places) {
        String pattern = bundle.getString(key);
        return places.length == 0 ? pattern : new MessageFormat(pattern, Locale.ROOT).format(places);
    }

    /** The text under a key, or the word itself where the language has none for it: units, channel quantities. */
    String word(String prefix, String word) {
        try {
            return bundle.getString(prefix + "." + word);
        } catch (MissingResourceException unknownWord) {
            return word.replace('-', ' ');
        }
    }

    /** {@code 1234567.8} as {@code 1 234 567.8}; the digits stay as they are signed. */
    static String grouped(String decimal) {
        int start = decimal.startsWith("-") ? 1 : 0;
        int end = decimal.length();
        for (char after : new char[] {'e', '.'}) {
            end = decimal.indexOf(after) < 0 ? end : decimal.indexOf(after);
        }
        StringBuilder text = new StringBuilder(decimal);
        for (int at = end - 3; at > start; at -= 3) {
            text.insert(at, GROUPING);
        }
        // a hyphen could end a line
        return text.toString().replace('-', '\u2212');
    }

    /** A number for programs and people who copy it: no grouping. */
    static String plain(long number) {
        return Long.toString(number);
    }

    static String count(long number) {
        return grouped(Long.toString(number));
    }

    /** 0.98765 as 98.8 %; never 100 % unless it is whole. */
    static String percent(double share) {
        double shown = Math.floor(share * 1000 + 1e-9) / 10;
        return (shown == Math.rint(shown) && (shown == 100 || shown == 0)
                        ? String.format(Locale.ROOT, "%.0f", shown)
                        : String.format(Locale.ROOT, "%.1f", shown))
                + GROUPING + "%";
    }

    String day(LocalDate date) {
        return DateTimeFormatter.ofPattern(bundle.getString("format.day"), locale)
                .format(date);
    }

    String month(YearMonth month) {
        return DateTimeFormatter.ofPattern(bundle.getString("format.month"), locale)
                .format(month);
    }

    String shortMonth(YearMonth month) {
        return DateTimeFormatter.ofPattern("MMM yy", locale).format(month);
    }

    String minute(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofPattern(bundle.getString("format.minute"), locale)
                .format(at.atZone(zone));
    }

    String utc(Instant at) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                .format(at.atOffset(ZoneOffset.UTC));
    }
}
