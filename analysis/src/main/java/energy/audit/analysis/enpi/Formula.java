package energy.audit.analysis.enpi;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Arithmetic over named variables with units, such as {@code 0.32 [kWh/kg] * melted + 5 [kW] * hours}. Known are + − * / ^
 * (whole powers), parentheses, min, max, abs, and numbers with a unit in brackets. Units are checked when the formula is
 * read, before any number is known; nothing else can be expressed, so a formula from outside is safe to run.
 */
public final class Formula {
    private static final int LONGEST = 2000;
    private static final int DEEPEST = 60;

    private final String text;
    private final Map<String, Unit> variables;
    private final Unit result;
    private final Node root;

    /** A part: its unit's kind and how to compute it in base units. */
    private record Node(Unit kind, ToDoubleFunction<Map<String, Double>> value) {}

    private Formula(String text, Map<String, Unit> variables, Unit result) {
        this.text = text;
        this.variables = Map.copyOf(variables);
        this.result = result;
        this.root = new Reader().read();
    }

    /**
     * @param variables the names that may be used, each with its unit
     * @param result unit of the outcome; the formula must come out in this kind
     * @throws FormulaRefused with the column of what cannot be read or does not fit
     */
    public static Formula parse(String text, Map<String, Unit> variables, Unit result) {
        if (text.length() > LONGEST) {
            throw new FormulaRefused("the formula", LONGEST, "is longer than " + LONGEST + " signs", "Cut it in two.");
        }
        return new Formula(text, variables, result);
    }

    public String text() {
        return text;
    }

    public Unit unit() {
        return result;
    }

    public Map<String, Unit> variables() {
        return variables;
    }

    /**
     * @param values one for each variable, in its unit
     * @return in the result's unit; not finite where the formula divides by zero
     * @throws IllegalArgumentException naming a variable without a value
     */
    public double of(Map<String, Double> values) {
        Map<String, Double> base = new TreeMap<>();
        variables.forEach((name, unit) -> {
            Double value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("formula '" + text + "' needs a value of " + name);
            }
            base.put(name, value * unit.factor());
        });
        return root.value.applyAsDouble(base) / result.factor();
    }

    /** Recursive descent: sum, product, power, primary. */
    private final class Reader {
        private int at;
        private int depth;

        Node read() {
            Node node = sum();
            if (at < text.length()) {
                throw refused(
                        "'" + text.charAt(at) + "' does not belong here", "An operator may be missing before it.");
            }
            if (!node.kind.sameKind(result)) {
                throw refused(
                        "the formula comes out as " + node.kind.kind() + ", not as " + result.text() + " ("
                                + result.kind() + ")",
                        "Check the units of its parts.");
            }
            return node;
        }

        private Node sum() {
            if (++depth > DEEPEST) {
                throw refused("parentheses are nested too deeply", "Write it flatter.");
            }
            Node left = product();
            for (char sign = peek(); sign == '+' || sign == '-'; sign = peek()) {
                int where = at++;
                Node right = product();
                left = alike(left, right, where, sign == '+' ? Double::sum : (a, b) -> a - b);
            }
            depth--;
            return left;
        }

        private Node product() {
            Node left = signed();
            for (char sign = peek(); sign == '*' || sign == '/'; sign = peek()) {
                at++;
                Node a = left;
                Node b = signed();
                left = sign == '*'
                        ? new Node(a.kind.times(b.kind), v -> a.value.applyAsDouble(v) * b.value.applyAsDouble(v))
                        : new Node(
                                a.kind.times(b.kind.power(-1)),
                                v -> a.value.applyAsDouble(v) / b.value.applyAsDouble(v));
            }
            return left;
        }

        private Node signed() {
            if (peek() == '-') {
                at++;
                Node node = power();
                return new Node(node.kind, v -> -node.value.applyAsDouble(v));
            }
            return power();
        }

        private Node power() {
            Node base = primary();
            if (peek() != '^') {
                return base;
            }
            at++;
            skip();
            int start = at;
            if (at < text.length() && text.charAt(at) == '-') {
                at++;
            }
            int digits = at;
            digits();
            if (at == digits || at - digits > 2) {
                throw refused("a power is a whole number of one or two digits", "Write it as x^2.");
            }
            int power = Integer.parseInt(text.substring(start, at));
            return new Node(base.kind.power(power), v -> Math.pow(base.value.applyAsDouble(v), power));
        }

        private Node primary() {
            char next = peek();
            if (next == '(') {
                at++;
                Node inner = sum();
                expect(')');
                return inner;
            }
            if (digit(next) || next == '.') {
                return number();
            }
            if (letter(next)) {
                return named();
            }
            throw refused(
                    at < text.length() ? "'" + next + "' does not belong here" : "the formula ends too early",
                    "A number, a variable or a parenthesis is wanted.");
        }

        private Node number() {
            int start = at;
            digits();
            if (at < text.length() && text.charAt(at) == '.') {
                at++;
                digits();
            }
            if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
                at++;
                if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                    at++;
                }
                digits();
            }
            double value;
            try {
                value = Double.parseDouble(text.substring(start, at));
            } catch (NumberFormatException e) {
                throw refused("'" + text.substring(start, at) + "' is no number", "Write it as 12.5 or 1e6.");
            }
            Unit unit = Unit.ONE;
            if (peek() == '[') {
                int end = text.indexOf(']', at);
                if (end < 0) {
                    throw refused("the unit's bracket is not closed", "Write ] after the unit.");
                }
                unit = Unit.parse(text.substring(at + 1, end).trim());
                at = end + 1;
            }
            double base = value * unit.factor();
            return new Node(unit, v -> base);
        }

        private Node named() {
            int start = at;
            while (at < text.length() && (letter(text.charAt(at)) || digit(text.charAt(at)))) {
                at++;
            }
            String name = text.substring(start, at);
            if (peek() == '(') {
                return call(name, start);
            }
            Unit unit = variables.get(name);
            if (unit == null) {
                at = start;
                throw refused(
                        "variable '" + name + "' is not known",
                        "Known are: "
                                + String.join(
                                        ", ",
                                        variables.keySet().stream().sorted().toList()) + ".");
            }
            return new Node(unit, v -> v.getOrDefault(name, Double.NaN));
        }

        private Node call(String name, int start) {
            at++;
            Node first = sum();
            if (name.equals("abs")) {
                expect(')');
                return new Node(first.kind, v -> Math.abs(first.value.applyAsDouble(v)));
            }
            if (!name.equals("min") && !name.equals("max")) {
                at = start;
                throw refused("function '" + name + "' is not known", "Known are: min, max, abs.");
            }
            int where = at;
            expect(',');
            Node second = sum();
            expect(')');
            return alike(first, second, where, name.equals("min") ? Math::min : Math::max);
        }

        private Node alike(Node a, Node b, int where, java.util.function.DoubleBinaryOperator operator) {
            if (!a.kind.sameKind(b.kind)) {
                at = where;
                throw refused(
                        "the left side is " + a.kind.kind() + ", the right side " + b.kind.kind(),
                        "Only like things can be added or compared; give numbers a unit, as in 5 [kWh].");
            }
            return new Node(a.kind, v -> operator.applyAsDouble(a.value.applyAsDouble(v), b.value.applyAsDouble(v)));
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw refused("'" + wanted + "' is missing", "Add it.");
            }
            at++;
        }

        private void digits() {
            while (at < text.length() && digit(text.charAt(at))) {
                at++;
            }
        }

        private void skip() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }

        private char peek() {
            skip();
            return at < text.length() ? text.charAt(at) : 0;
        }

        private boolean digit(char c) {
            return c >= '0' && c <= '9';
        }

        private boolean letter(char c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
        }

        private FormulaRefused refused(String why, String nextStep) {
            return new FormulaRefused("formula '" + text + "'", at, why, nextStep);
        }
    }
}
