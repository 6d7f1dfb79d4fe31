package energy.audit.variables;

import energy.audit.analysis.variable.DegreeDayRule;

/** What is asked for over periods: something that was imported, or follows from it. */
public sealed interface VariableSource {
    /** Such as t, K d, h. Empty: as the imports say. */
    String unit();

    /** As it is written: {@code production:castings}, {@code heating-degrees:weather/roof:18/15}, {@code operating-hours}. */
    String text();

    /** A figure that adds up over time, of another system. */
    record Production(String variable) implements VariableSource {
        @Override
        public String unit() {
            return "";
        }

        @Override
        public String text() {
            return "production:" + variable;
        }
    }

    /** Mean of the days' mean temperatures. */
    record MeanTemperature(String station) implements VariableSource {
        @Override
        public String unit() {
            return "degC";
        }

        @Override
        public String text() {
            return "mean:weather/" + station;
        }
    }

    /** Degree days. */
    record DegreeDays(String station, DegreeDayRule rule) implements VariableSource {
        @Override
        public String unit() {
            return "K d";
        }

        @Override
        public String text() {
            return rule.side().text() + "-degrees:weather/" + station + ":" + rule.text();
        }
    }

    /** Hours in which at least one shift is planned. */
    record OperatingHours() implements VariableSource {
        @Override
        public String unit() {
            return "h";
        }

        @Override
        public String text() {
            return "operating-hours";
        }
    }

    /** Planned hours of one shift. */
    record ShiftHours(String shift) implements VariableSource {
        @Override
        public String unit() {
            return "h";
        }

        @Override
        public String text() {
            return "shift-hours:" + shift;
        }
    }
}
