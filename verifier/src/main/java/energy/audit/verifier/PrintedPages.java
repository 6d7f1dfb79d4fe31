package energy.audit.verifier;

import energy.audit.evidence.wire.Figure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the pages of a PDF report: beside each number stands the id of its figure, after it on the same line, perhaps with
 * a short mark of quality between ("1 234.5 est. F0007"). An id without a number before it is only a mention.
 */
final class PrintedPages {
    private static final Pattern ID = Pattern.compile("(?<![A-Za-z0-9])F\\d{4,}(?![A-Za-z0-9])");

    /** Spaces that group thousands without breaking a line: no-break, narrow no-break, thin, figure space. */
    private static final String JOINERS = "\u00a0\u202f\u2009\u2007";

    /** The whole number at a text's end, then at most one abbreviated word ("est."). */
    private static final Pattern NUMBER_AT_END = Pattern.compile("(?<![\\p{L}\\d.,\u2212" + JOINERS
            + "-])([-\u2212]?(?:\\d{1,3}(?:[" + JOINERS
            + "]\\d{3})+|\\d+)(?:\\.\\d+)?(?:e[-+\u2212]\\d{1,3})?)(?:\\s+[^\\s\\d]{1,12}\\.)?[\\s" + JOINERS + "]*$");

    private final List<String> pages;

    PrintedPages(List<String> pages) {
        this.pages = pages;
    }

    /** A number that stands beside an id. */
    private record Printed(int page, String number) {}

    void compare(List<Figure> figures, Findings findings) {
        Map<String, Figure> byId = new HashMap<>();
        figures.forEach(figure -> byId.put(figure.getId(), figure));
        Set<String> seen = new HashSet<>();
        int before = findings.count();
        for (int page = 1; page <= pages.size(); page++) {
            for (String line : pages.get(page - 1).split("\n")) {
                compareLine(line, page, byId, seen, findings);
            }
        }
        int unprinted = 0;
        for (Figure figure : figures) {
            if (!seen.contains(figure.getId())) {
                unprinted++;
                if (!figure.getValue().isEmpty()) {
                    findings.problem(
                            figure.getId(), "no page prints it, although the evidence gives " + figure.getValue());
                }
            }
        }
        if (findings.count() == before) {
            findings.passed((figures.size() - unprinted) + " figures stand on the pages as the evidence says");
        }
    }

    private static void compareLine(
            String line, int page, Map<String, Figure> byId, Set<String> seen, Findings findings) {
        Matcher ids = ID.matcher(line);
        int start = 0;
        while (ids.find()) {
            Matcher number = NUMBER_AT_END.matcher(line.substring(start, ids.start()));
            start = ids.end();
            Figure figure = byId.get(ids.group());
            if (figure == null) {
                findings.problem("page " + page, "it prints " + ids.group() + ", which is no figure of the evidence");
            } else if (number.find()) {
                compare(figure, new Printed(page, plain(number.group(1))), findings);
                seen.add(figure.getId());
            } else if (figure.getValue().isEmpty()) {
                seen.add(figure.getId());
            }
        }
    }

    private static void compare(Figure figure, Printed printed, Findings findings) {
        if (figure.getValue().isEmpty()) {
            findings.problem(
                    figure.getId(),
                    "page " + printed.page + " prints " + printed.number + ", the evidence has no value for it");
        } else if (!figure.getValue().equals(printed.number)) {
            findings.problem(
                    figure.getId(),
                    "page " + printed.page + " prints " + printed.number + ", the evidence says " + figure.getValue());
        }
    }

    private static String plain(String number) {
        StringBuilder plain = new StringBuilder();
        for (char c : number.toCharArray()) {
            if (c == '\u2212') {
                plain.append('-');
            } else if (JOINERS.indexOf(c) < 0) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
