package energy.audit.analysis.carbon;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What one unit of an activity emits, while the factor is in force.
 *
 * @param activity as the metering names it, such as {@code electricity} or {@code natural gas}
 * @param unit of the activity; part of the key, for gross and net calorific value differ by a tenth
 * @param from first day it holds for
 * @param until first day it no longer holds for
 * @param kgCo2ePerUnit kg CO₂e for one unit, exact
 * @param source who published it
 * @param edition which edition and data year; factors of one year are often used in another
 * @param gwpSet the set of global warming potentials in it, such as {@code AR5}
 */
public record EmissionFactor(
        String activity,
        String unit,
        Scope scope,
        Basis basis,
        LocalDate from,
        LocalDate until,
        BigDecimal kgCo2ePerUnit,
        String source,
        String edition,
        String gwpSet) {
    /** Scopes of the GHG Protocol. */
    public enum Scope {
        /** Burnt on site. */
        SCOPE_1,
        /** Bought electricity, heat, steam, cooling. */
        SCOPE_2,
        /** Along the chain, such as network losses. */
        SCOPE_3
    }

    /** How scope 2 is accounted; both are reported side by side. */
    public enum Basis {
        /** Not scope 2: there is one factor only. */
        ACTIVITY,
        /** Average of the grid. */
        LOCATION,
        /** Contracts, certificates, else the residual mix. */
        MARKET
    }

    public EmissionFactor {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("factor of " + activity + " ends on " + until + ", not after " + from);
        }
        if ((scope == Scope.SCOPE_2) == (basis == Basis.ACTIVITY)) {
            throw new IllegalArgumentException("factor of " + activity + ": scope 2 is by location or by market, other "
                    + "scopes are not; it says " + scope + ", " + basis);
        }
        if (source.isBlank() || edition.isBlank()) {
            throw new IllegalArgumentException("factor of " + activity + " names no source or no edition");
        }
    }

    boolean holdsOn(LocalDate day) {
        return !day.isBefore(from) && day.isBefore(until);
    }
}
