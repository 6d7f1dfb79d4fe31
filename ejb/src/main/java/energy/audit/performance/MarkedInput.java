package energy.audit.performance;

import java.time.LocalDate;

/**
 * An input of a baseline that somebody should look at.
 *
 * @param day first of its interval
 * @param energy kWh; @param expected kWh, by the model
 * @param studentised the residual over its standard error in a model without this input
 * @param leverage 0 to 1; marked above {@code limit}
 */
public record MarkedInput(
        LocalDate day,
        double energy,
        double expected,
        double studentised,
        double leverage,
        double limit,
        boolean far,
        boolean pulling) {}
