package energy.audit.variables;

import energy.audit.evidence.Hash;
import energy.audit.evidence.wire.WeatherImport;
import energy.audit.evidence.wire.WeatherRow;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.SiteId;
import energy.audit.tenancy.Tenancy;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL of {@code weather_import} and {@code weather_value}. */
final class WeatherTable {
    private static final String NEWEST = """
            select from_at, to_at, temperature, versions, log_index
            from (select distinct on (from_at, to_at) from_at, to_at, temperature, log_index,
                         count(*) over (partition by from_at, to_at) as versions
                  from weather_value
                  where site_id = ? and station = ? and log_index < ? and from_at < ? and to_at > ?
                  order by from_at, to_at, log_index desc) newest
            where temperature is not null order by from_at""";
    private static final String SUMMARIES = """
            select station, count(*) filter (where temperature is not null), count(*) filter (where versions > 1),
                   min(from_at), max(to_at),
                   (select source from weather_import i where i.site_id = ? and i.station = newest.station
                    order by log_index desc limit 1)
            from (select distinct on (station, from_at, to_at) station, temperature, from_at, to_at,
                         count(*) over (partition by station, from_at, to_at) as versions
                  from weather_value where site_id = ?
                  order by station, from_at, to_at, log_index desc) newest
            group by station order by station""";

    private final Tenancy tenancy;

    WeatherTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    Optional<VariableTable.Known> known(SiteId site, String source, String importId) {
        return tenancy.sql("look for a weather import", connection -> {
            try (PreparedStatement select = connection.prepareStatement("select log_index, content_sha256"
                    + " from weather_import where site_id = ? and source = ? and import_id = ?")) {
                select.setString(1, site.value());
                select.setString(2, source);
                select.setString(3, importId);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new VariableTable.Known(row.getLong(1), Hash.of(row.getBytes(2))))
                            : Optional.empty();
                }
            }
        });
    }

    void insert(long logIndex, SiteId site, WeatherImport delivery, Hash sha256) {
        tenancy.run("keep a weather import", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into weather_import
                      (tenant_id, log_index, site_id, station, source, import_id, content_sha256)
                    values (current_setting('app.tenant'), ?, ?, ?, ?, ?, ?)""")) {
                insert.setLong(1, logIndex);
                insert.setString(2, site.value());
                insert.setString(3, delivery.getStation());
                insert.setString(4, delivery.getSource());
                insert.setString(5, delivery.getImportId());
                insert.setBytes(6, sha256.bytes());
                insert.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into weather_value (tenant_id, site_id, station, from_at, to_at, log_index, temperature)
                    values (current_setting('app.tenant'), ?, ?, ?, ?, ?, ?)""")) {
                for (WeatherRow row : delivery.getRowsList()) {
                    insert.setString(1, site.value());
                    insert.setString(2, delivery.getStation());
                    insert.setObject(3, utc(Instant.ofEpochMilli(row.getFromMs())));
                    insert.setObject(4, utc(Instant.ofEpochMilli(row.getToMs())));
                    insert.setLong(5, logIndex);
                    insert.setBigDecimal(6, row.getWithdrawn() ? null : new BigDecimal(row.getTemperature()));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    /** What is in force of a station in a period, ascending, as the entries below a size say. */
    List<Temperature> newest(SiteId site, String station, Period period, LogSize asKnownAt) {
        return tenancy.sql("read temperatures", connection -> {
            try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
                select.setString(1, site.value());
                select.setString(2, station);
                select.setLong(3, asKnownAt.entries());
                select.setObject(4, utc(period.to()));
                select.setObject(5, utc(period.from()));
                List<Temperature> values = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        values.add(new Temperature(
                                Period.of(instant(row, 1), instant(row, 2)),
                                row.getBigDecimal(3),
                                row.getInt(4),
                                row.getLong(5)));
                    }
                }
                return values;
            }
        });
    }

    List<StationSummary> summaries(SiteId site) {
        return tenancy.sql("read what stations there are", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SUMMARIES)) {
                select.setString(1, site.value());
                select.setString(2, site.value());
                List<StationSummary> all = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        all.add(new StationSummary(
                                row.getString(1),
                                row.getString(6),
                                row.getLong(2),
                                row.getLong(3),
                                Period.of(instant(row, 4), instant(row, 5))));
                    }
                }
                return all;
            }
        });
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
