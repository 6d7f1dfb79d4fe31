package energy.audit.benchmarks;

import energy.audit.access.Access;
import energy.audit.consumption.Consumption;
import energy.audit.evidence.SigningKey;
import energy.audit.fleet.Fleet;
import energy.audit.ingest.Ingest;
import energy.audit.log.LogKey;
import energy.audit.log.TenantLog;
import energy.audit.metering.Metering;
import energy.audit.performance.Performance;
import energy.audit.tenancy.Tenancy;
import energy.audit.variables.Variables;
import java.time.Clock;
import org.postgresql.ds.PGSimpleDataSource;

/** The rooms of the backend that a report needs, over a real PostgreSQL, outside the server; wired by constructors. */
final class ReportBackend {
    static final String INSTALLATION = "bench";
    static final String PASSWORD = "bench";

    final LogKey logKey;
    final TenantLog log;
    final Access access;
    final Metering metering;
    final Ingest ingest;
    final Performance performance;
    final Variables variables;

    ReportBackend(String url, String user, SigningKey key, Clock clock) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(PASSWORD);
        Tenancy tenancy = Tenancy.over(source);
        this.logKey = new LogKey(INSTALLATION, key);
        this.log = new TenantLog(tenancy, logKey, clock);
        this.access = new Access(tenancy, log, clock);
        this.metering = new Metering(tenancy, log, access, clock);
        this.ingest = new Ingest(tenancy, log, access, metering, new Fleet(tenancy, access, metering, clock), clock);
        Consumption consumption = new Consumption(tenancy, access, metering, ingest, clock);
        this.variables = new Variables(tenancy, access, log, metering);
        this.performance = new Performance(tenancy, log, access, metering, consumption, variables, clock);
    }
}
