package energy.audit;

import energy.audit.access.Access;
import energy.audit.access.Caller;
import energy.audit.consumption.Consumption;
import energy.audit.db.TestDatabase;
import energy.audit.enrolment.AgentAuthority;
import energy.audit.enrolment.Enrolment;
import energy.audit.enrolment.Reach;
import energy.audit.enrolment.TestAuthority;
import energy.audit.evidence.SigningKey;
import energy.audit.fleet.Fleet;
import energy.audit.ingest.Ingest;
import energy.audit.kernel.TenantId;
import energy.audit.log.LogKey;
import energy.audit.log.TenantLog;
import energy.audit.metering.Metering;
import energy.audit.performance.Performance;
import energy.audit.tenancy.Tenancy;
import energy.audit.variables.Variables;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Supplier;

/** The lower floors of the backend over a real, fresh PostgreSQL, outside the server. Built with plain constructors. */
public final class House {
    public static final Caller ADMIN = new Caller("admin", Set.of(Caller.INSTALLATION_ADMIN));

    public final TestDatabase database = TestDatabase.migrated();
    public final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T00:00:00Z"));
    public final LogKey logKey = new LogKey("test-installation", SigningKey.generate(new SecureRandom()));
    public final Tenancy tenancy = Tenancy.over(database.application());
    public final TenantLog log = new TenantLog(tenancy, logKey, clock);
    public final Access access = new Access(tenancy, log, clock);
    public final Metering metering = new Metering(tenancy, log, access, clock);
    public final AgentAuthority authority = TestAuthority.made();
    public final Enrolment enrolment = new Enrolment(
            tenancy,
            access,
            metering,
            logKey,
            authority,
            new Reach(URI.create("https://portal.test/"), "broker.test", 8883, Path.of("nowhere")),
            clock);
    public final Fleet fleet = new Fleet(tenancy, access, metering, clock);
    public final Ingest ingest = new Ingest(tenancy, log, access, metering, fleet, clock);

    public final Consumption consumption = new Consumption(tenancy, access, metering, ingest, clock);
    public final Variables variables = new Variables(tenancy, access, log, metering);
    public final Performance performance =
            new Performance(tenancy, log, access, metering, consumption, variables, clock);

    /** Opens a tenant. */
    public TenantId tenant(String id) {
        TenantId tenant = TenantId.of(id);
        access.openTenant(ADMIN, tenant, "The " + id);
        return tenant;
    }

    /** Does work inside a tenant with every permission. */
    public <T> T in(TenantId tenant, Supplier<T> work) {
        return access.asSystem("test", tenant, work);
    }

    /** Does work inside a tenant with every permission. */
    public void in(TenantId tenant, Runnable work) {
        access.asSystem("test", tenant, () -> {
            work.run();
            return true;
        });
    }

    /** A clock that stands until it is moved. */
    public static final class SettableClock extends Clock {
        private volatile Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        public void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
