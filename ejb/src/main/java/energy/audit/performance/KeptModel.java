package energy.audit.performance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The model in a baseline's entry beside the one that its inputs give today. Words must be the same; numbers may differ by
 * what another Java version or processor makes of the last digits, and be written otherwise (1.0E10 for 10000000000).
 */
final class KeptModel {
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|(?<number>-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)|[^\"\\d-]+|-");

    private static final double RELATIVE = 1e-9;
    private static final double ABSOLUTE = 1e-14;

    private KeptModel() {}

    static boolean agrees(String kept, String fitted) {
        Matcher one = TOKEN.matcher(kept);
        Matcher other = TOKEN.matcher(fitted);
        while (one.find()) {
            if (!other.find() || !same(one, other)) {
                return false;
            }
        }
        return !other.find();
    }

    private static boolean same(Matcher one, Matcher other) {
        if (one.group("number") == null || other.group("number") == null) {
            return one.group().equals(other.group());
        }
        double a = Double.parseDouble(one.group());
        double b = Double.parseDouble(other.group());
        return Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b)) + ABSOLUTE;
    }
}
