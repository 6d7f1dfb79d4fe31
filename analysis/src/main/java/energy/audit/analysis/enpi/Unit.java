package energy.audit.analysis.enpi;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A unit such as {@code kWh/t} or {@code kWh/m2/K}: a factor to base units and the exponents of energy, time, mass, length,
 * temperature difference and pieces. Temperatures are kelvin: a difference of 1 °C.
 */
public record Unit(String text, double factor, List<Integer> exponents) {
    /** No dimension. */
    public static final Unit ONE = new Unit("1", 1, List.of(0, 0, 0, 0, 0, 0));

    private static final double KWH = 3.6e6;
    private static final Map<String, Unit> KNOWN = Map.ofEntries(
            known("J", 1, 0),
            known("kJ", 1e3, 0),
            known("MJ", 1e6, 0),
            known("GJ", 1e9, 0),
            known("Wh", KWH / 1e3, 0),
            known("kWh", KWH, 0),
            known("MWh", KWH * 1e3, 0),
            known("GWh", KWH * 1e6, 0),
            known("s", 1, 1),
            known("min", 60, 1),
            known("h", 3600, 1),
            known("d", 86400, 1),
            known("g", 1e-3, 2),
            known("kg", 1, 2),
            known("t", 1e3, 2),
            known("m", 1, 3),
            known("cm", 1e-2, 3),
            known("mm", 1e-3, 3),
            known("K", 1, 4),
            known("pieces", 1, 5),
            Map.entry("W", new Unit("W", 1, List.of(1, -1, 0, 0, 0, 0))),
            Map.entry("kW", new Unit("kW", 1e3, List.of(1, -1, 0, 0, 0, 0))),
            Map.entry("MW", new Unit("MW", 1e6, List.of(1, -1, 0, 0, 0, 0))),
            Map.entry("l", new Unit("l", 1e-3, List.of(0, 0, 0, 3, 0, 0))),
            Map.entry("1", ONE));
    private static final Pattern PART = Pattern.compile("([*/]?)(1|[A-Za-z]+)(-?[1-9])?");

    public Unit {
        exponents = List.copyOf(exponents);
    }

    private static Map.Entry<String, Unit> known(String symbol, double factor, int base) {
        Integer[] exponents = {0, 0, 0, 0, 0, 0};
        exponents[base] = 1;
        return Map.entry(symbol, new Unit(symbol, factor, Arrays.asList(exponents)));
    }

    /** @throws FormulaRefused naming the symbol that is not known */
    public static Unit parse(String text) {
        Matcher part = PART.matcher(text);
        Unit unit = ONE;
        int at = 0;
        while (at < text.length()) {
            if (!part.find(at)
                    || part.start() != at
                    || (at == 0) != part.group(1).isEmpty()) {
                throw new FormulaRefused(
                        "unit '" + text + "'",
                        at,
                        "is not readable here",
                        "Write symbols with * and /, such as kWh/t or kWh/m2/K.");
            }
            Unit symbol = KNOWN.get(part.group(2));
            if (symbol == null) {
                throw new FormulaRefused(
                        "unit '" + text + "'",
                        part.start(2),
                        "has the unknown symbol '" + part.group(2) + "'",
                        "Known are: "
                                + String.join(
                                        " ", KNOWN.keySet().stream().sorted().toList()) + ".");
            }
            int power = part.group(3) == null ? 1 : Integer.parseInt(part.group(3));
            unit = unit.times(symbol.power(part.group(1).equals("/") ? -power : power));
            at = part.end();
        }
        if (text.isEmpty()) {
            throw new FormulaRefused("unit ''", 0, "is empty", "Write 1 where there is no unit.");
        }
        return new Unit(text, unit.factor, unit.exponents);
    }

    Unit times(Unit other) {
        Integer[] sum = new Integer[exponents.size()];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = exponents.get(i) + other.exponents.get(i);
        }
        return new Unit(text + "*" + other.text, factor * other.factor, Arrays.asList(sum));
    }

    Unit power(int power) {
        return new Unit(
                text + "^" + power,
                Math.pow(factor, power),
                exponents.stream().map(e -> e * power).toList());
    }

    boolean sameKind(Unit other) {
        return exponents.equals(other.exponents);
    }

    /** In base units, for messages, such as {@code J kg^-1}. */
    String kind() {
        String[] symbols = {"J", "s", "kg", "m", "K", "pieces"};
        StringBuilder kind = new StringBuilder();
        for (int i = 0; i < symbols.length; i++) {
            if (exponents.get(i) != 0) {
                kind.append(kind.isEmpty() ? "" : " ").append(symbols[i]);
                kind.append(exponents.get(i) == 1 ? "" : "^" + exponents.get(i));
            }
        }
        return kind.isEmpty() ? "1" : kind.toString();
    }
}
