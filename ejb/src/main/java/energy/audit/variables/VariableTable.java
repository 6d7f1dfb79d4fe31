package energy.audit.variables;

import energy.audit.evidence.Hash;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.ProductionImport;
import energy.audit.evidence.wire.ProductionRow;
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

/** SQL of {@code production_import} and {@code variable_value}. */
final class VariableTable {
    private static final String NEWEST = """
            select distinct on (variable, from_at, to_at) variable, from_at, to_at, value, unit, log_index
            from variable_value where site_id = ? and log_index < ?
            order by variable, from_at, to_at, log_index desc""";
    private static final String SUMMARIES = """
            select variable, max(unit), count(*) filter (where value is not null), count(*) filter (where versions > 1),
                   min(from_at), max(to_at)
            from (select distinct on (variable, from_at, to_at) variable, unit, value, from_at, to_at,
                         count(*) over (partition by variable, from_at, to_at) as versions
                  from variable_value where site_id = ?
                  order by variable, from_at, to_at, log_index desc) newest
            group by variable order by variable""";

    private static final String VERSIONS = """
            select from_at, to_at, value, unit, log_index,
                   row_number() over (partition by from_at, to_at order by log_index) as version
            from (select *, count(*) over (partition by from_at, to_at) as versions
                  from variable_value where site_id = ? and variable = ?) every
            where versions > 1 order by from_at desc, to_at, log_index""";
    private static final String DELIVERIES = """
            select log_index, 'PRODUCTION_IMPORT', source, import_id,
                   (select count(*) from variable_value v
                    where v.log_index = i.log_index and v.tenant_id = i.tenant_id)
            from production_import i where site_id = ? and log_index < ?
            union all
            select log_index, 'WEATHER_IMPORT', source, import_id,
                   (select count(*) from weather_value v
                    where v.log_index = i.log_index and v.tenant_id = i.tenant_id)
            from weather_import i where site_id = ? and log_index < ?
            order by 1 desc limit ?""";

    private final Tenancy tenancy;

    /** An import that was taken. */
    record Known(long logIndex, Hash sha256) {}

    /** A row of the import tables. */
    record Import(long logIndex, EntryKind kind, String source, String importId, long rows) {}

    VariableTable(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    Optional<Known> known(SiteId site, String source, String importId) {
        return tenancy.sql("look for an import", connection -> {
            try (PreparedStatement select = connection.prepareStatement("select log_index, content_sha256"
                    + " from production_import where site_id = ? and source = ? and import_id = ?")) {
                select.setString(1, site.value());
                select.setString(2, source);
                select.setString(3, importId);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Known(row.getLong(1), Hash.of(row.getBytes(2))))
                            : Optional.empty();
                }
            }
        });
    }

    void insert(long logIndex, SiteId site, ProductionImport delivery, Hash sha256) {
        tenancy.run("keep an import", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into production_import (tenant_id, log_index, site_id, source, import_id, content_sha256)
                    values (current_setting('app.tenant'), ?, ?, ?, ?, ?)""")) {
                insert.setLong(1, logIndex);
                insert.setString(2, site.value());
                insert.setString(3, delivery.getSource());
                insert.setString(4, delivery.getImportId());
                insert.setBytes(5, sha256.bytes());
                insert.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into variable_value (tenant_id, site_id, variable, from_at, to_at, log_index, unit, value)
                    values (current_setting('app.tenant'), ?, ?, ?, ?, ?, ?, ?)""")) {
                for (ProductionRow row : delivery.getRowsList()) {
                    insert.setString(1, site.value());
                    insert.setString(2, row.getVariable());
                    insert.setObject(3, utc(Instant.ofEpochMilli(row.getFromMs())));
                    insert.setObject(4, utc(Instant.ofEpochMilli(row.getToMs())));
                    insert.setLong(5, logIndex);
                    insert.setString(6, row.getUnit());
                    insert.setBigDecimal(7, row.getWithdrawn() ? null : new BigDecimal(row.getValue()));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    /** Of each variable and period what the newest entry below a size says, withdrawn ones too. */
    List<VariableValue> newest(SiteId site, LogSize asKnownAt) {
        return tenancy.sql("read values of variables", connection -> {
            try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
                select.setString(1, site.value());
                select.setLong(2, asKnownAt.entries());
                List<VariableValue> values = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        values.add(new VariableValue(
                                row.getString(1),
                                Period.of(instant(row, 2), instant(row, 3)),
                                Optional.ofNullable(row.getBigDecimal(4)),
                                row.getString(5),
                                row.getLong(6)));
                    }
                }
                return values;
            }
        });
    }

    List<VariableSummary> summaries(SiteId site) {
        return tenancy.sql("read what variables there are", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SUMMARIES)) {
                select.setString(1, site.value());
                List<VariableSummary> all = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        all.add(new VariableSummary(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                Period.of(instant(row, 5), instant(row, 6))));
                    }
                }
                return all;
            }
        });
    }

    /** Times that were delivered more than once, newest first, each with all its versions, oldest first. */
    List<ValueVersion> versions(SiteId site, String variable) {
        return tenancy.sql("read versions of a variable", connection -> {
            try (PreparedStatement select = connection.prepareStatement(VERSIONS)) {
                select.setString(1, site.value());
                select.setString(2, variable);
                List<ValueVersion> all = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        all.add(new ValueVersion(
                                Period.of(instant(row, 1), instant(row, 2)),
                                Optional.ofNullable(row.getBigDecimal(3)),
                                row.getString(4),
                                row.getInt(6),
                                row.getLong(5)));
                    }
                }
                return all;
            }
        });
    }

    /** Imports of a site, newest first, without who and when. */
    List<Import> imports(SiteId site, LogSize asKnownAt, int most) {
        return tenancy.sql("read imports", connection -> {
            try (PreparedStatement select = connection.prepareStatement(DELIVERIES)) {
                select.setString(1, site.value());
                select.setLong(2, asKnownAt.entries());
                select.setString(3, site.value());
                select.setLong(4, asKnownAt.entries());
                select.setInt(5, most);
                List<Import> all = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        all.add(new Import(
                                row.getLong(1),
                                EntryKind.valueOf(row.getString(2)),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5)));
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
