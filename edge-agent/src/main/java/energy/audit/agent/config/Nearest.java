package energy.audit.agent.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a person meant who mistyped a name. */
final class Nearest {
    private Nearest() {}

    /** The known name that differs least, if it differs little: case only, or in at most a third of its letters. */
    static Optional<String> to(String said, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(said, name)))
                .filter(name -> distance(said, name) <= Math.max(1, Math.min(3, name.length() / 3)));
    }

    /** "Did you mean …?", or all known names. */
    static String hint(String said, List<String> known, String list) {
        return to(said, known)
                .map(name -> "Did you mean " + name + "?")
                .orElse(list + ": " + String.join(", ", known.stream().sorted().toList()));
    }

    /** Letters to insert, remove, replace or swap with their neighbour, without regard to case (Damerau 1964). */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
