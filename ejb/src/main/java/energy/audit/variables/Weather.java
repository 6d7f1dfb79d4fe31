package energy.audit.variables;

import energy.audit.access.Access;
import energy.audit.analysis.variable.TemperatureSeries;
import energy.audit.evidence.Hash;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.WeatherImport;
import energy.audit.evidence.wire.WeatherRow;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.log.EntryDraft;
import energy.audit.log.TenantLog;
import energy.audit.tenancy.Tenancy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Temperatures of stations. */
final class Weather {
    private final Access access;
    private final TenantLog log;
    private final WeatherTable table;

    Weather(Tenancy tenancy, Access access, TenantLog log) {
        this.access = access;
        this.log = log;
        this.table = new WeatherTable(tenancy);
    }

    long take(SiteId site, WeatherImport delivery, List<Integer> numbers) {
        RowCheck.delivery(delivery.getSource(), delivery.getImportId(), delivery.getRowsCount());
        if (!delivery.getStation().matches("[a-z][a-z0-9-]{0,60}")) {
            throw Refusal.invalid(
                    "BAD_STATION",
                    "station '" + delivery.getStation() + "'",
                    "lower-case letters, digits and - are needed",
                    "Name it like berlin-tegel.");
        }
        byte[] content = delivery.toByteArray();
        log.lock();
        Optional<VariableTable.Known> known = table.known(site, delivery.getSource(), delivery.getImportId());
        if (known.isPresent()) {
            return Variables.sameAgain(
                    known.get(), content, "import " + delivery.getImportId() + " of " + delivery.getSource());
        }
        new WeatherCheck(delivery, numbers, inForceThere(site, delivery)).check();
        long index = log.append(new EntryDraft(EntryKind.WEATHER_IMPORT, access.actor(), content));
        table.insert(index, site, delivery, Hash.sha256(content));
        return index;
    }

    private List<Temperature> inForceThere(SiteId site, WeatherImport delivery) {
        long first = delivery.getRowsList().stream()
                .mapToLong(WeatherRow::getFromMs)
                .min()
                .orElse(0);
        long last = delivery.getRowsList().stream()
                .mapToLong(WeatherRow::getToMs)
                .max()
                .orElse(0);
        return table.newest(
                site,
                delivery.getStation(),
                Period.of(Instant.ofEpochMilli(first), Instant.ofEpochMilli(Math.max(last, first + 1))),
                LogSize.NEWEST);
    }

    List<Temperature> values(SiteId site, String station, Period period, LogSize asKnownAt) {
        return table.newest(site, station, period, asKnownAt);
    }

    TemperatureSeries series(SiteId site, String station, Period period, ZoneId zone, LogSize asKnownAt) {
        return new TemperatureSeries(
                values(site, station, period, asKnownAt).stream()
                        .map(value -> new TemperatureSeries.Mean(
                                value.period().from(), value.period().to(), value.degrees(), value.logIndex()))
                        .toList(),
                zone);
    }

    List<StationSummary> stations(SiteId site) {
        return table.summaries(site);
    }
}
