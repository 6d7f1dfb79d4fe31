package energy.audit.variables;

import energy.audit.analysis.variable.DegreeDayRule;

/** What is asked for over periods: something that was imported, or follows from it. */
public sealed interface VariableSource {
    /** Such as t, K d, h. Empty: as the imports say. */
    String unit();

    /** A figure that adds up over time, of another system. */
    record Production(String variable) implements VariableSource {
        @Override
        public String unit() {
            return "";
        }
    }

    /** Mean of the days' mean temperatures. */
    record MeanTemperature(String station) implements VariableSource {
        @Override
        public String unit() {
            return "degC";
        }
    }

    /** Degree days. */
    record DegreeDays(String station, DegreeDayRule rule) implements VariableSource {
        @Override
        public String unit() {
            return "K d";
        }
    }

    /** Hours in which at least one shift is planned. */
    record OperatingHours() implements VariableSource {
        @Override
        public String unit() {
            return "h";
        }
    }

    /** Planned hours of one shift. */
    record ShiftHours(String shift) implements VariableSource {
        @Override
        public String unit() {
            return "h";
        }
    }
}
