package energy.audit.performance;

import energy.audit.consumption.Consumption;
import energy.audit.consumption.Resolution;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import energy.audit.variables.Variables;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Days and months of an indicator that are over, with energy and variables. */
final class IntervalRows {
    private final Consumption consumption;
    private final Variables imports;
    private final Metering metering;
    private final Clock clock;

    IntervalRows(Consumption consumption, Variables imports, Metering metering, Clock clock) {
        this.consumption = consumption;
        this.imports = imports;
        this.metering = metering;
        this.clock = clock;
    }

    List<PeriodRow> of(EnpiDefinition enpi, LocalDate first, LocalDate last, LogSize at) {
        LocalDate end = last.isAfter(lastWhole(enpi)) ? lastWhole(enpi) : last;
        return new PeriodReader(consumption, imports, enpi, zone(enpi), at).rows(first, end);
    }

    /** The last day or month's last day that is over, in the site's zone. */
    LocalDate lastWhole(EnpiDefinition enpi) {
        LocalDate today = clock.instant().atZone(zone(enpi)).toLocalDate();
        return enpi.step() == Resolution.MONTH ? today.withDayOfMonth(1).minusDays(1) : today.minusDays(1);
    }

    /** Ids of the meters above that of a channel, which measure its energy too. */
    Set<String> metersAbove(ChannelId channel) {
        Map<String, String> parents = new HashMap<>();
        for (Meter meter : metering.meters(channel.site())) {
            meter.parent().ifPresent(parent -> parents.put(meter.id(), parent));
        }
        Set<String> above = new LinkedHashSet<>();
        for (String meter = parents.get(channel.meter()); meter != null && above.add(meter); ) {
            meter = parents.get(meter);
        }
        return above;
    }

    java.time.ZoneId zone(EnpiDefinition enpi) {
        return metering.site(enpi.site()).zone();
    }
}
