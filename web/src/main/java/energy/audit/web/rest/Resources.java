package energy.audit.web.rest;

import energy.audit.web.access.GrantsResource;
import energy.audit.web.access.MeResource;
import energy.audit.web.access.TenantsResource;
import energy.audit.web.consumption.IntervalsResource;
import energy.audit.web.consumption.LiveResource;
import energy.audit.web.cost.CostsResource;
import energy.audit.web.cost.EmissionsResource;
import energy.audit.web.cost.FactorTablesResource;
import energy.audit.web.enrolment.EnrolmentResource;
import energy.audit.web.enrolment.InvitationsResource;
import energy.audit.web.enrolment.RevocationsResource;
import energy.audit.web.fleet.HealthResource;
import energy.audit.web.gap.GapsResource;
import energy.audit.web.gap.SignedGapsResource;
import energy.audit.web.ingest.AlarmsResource;
import energy.audit.web.ingest.IngestResource;
import energy.audit.web.ingest.QuarantineResource;
import energy.audit.web.ingest.ReadingsResource;
import energy.audit.web.log.LogResource;
import energy.audit.web.log.WitnessesResource;
import energy.audit.web.metering.AgentsResource;
import energy.audit.web.metering.MeterExchangesResource;
import energy.audit.web.metering.MeteringConfigurationsResource;
import energy.audit.web.metering.MetersResource;
import energy.audit.web.metering.SitesResource;
import energy.audit.web.performance.AdjustmentsResource;
import energy.audit.web.performance.BaselinesResource;
import energy.audit.web.performance.EnpisResource;
import energy.audit.web.performance.SavingsResource;
import energy.audit.web.recalculation.RecalculationsResource;
import energy.audit.web.report.ReportsResource;
import energy.audit.web.variables.ProductionResource;
import energy.audit.web.variables.ShiftPlansResource;
import energy.audit.web.variables.WeatherResource;
import java.util.Set;

/** Every resource there is. They are mounted twice: for programs, and for our own pages. */
final class Resources {
    static final Set<Class<?>> ALL = Set.of(
            Problems.class,
            MeResource.class,
            TenantsResource.class,
            GrantsResource.class,
            SitesResource.class,
            MetersResource.class,
            AgentsResource.class,
            HealthResource.class,
            InvitationsResource.class,
            RevocationsResource.class,
            EnrolmentResource.class,
            MeteringConfigurationsResource.class,
            MeterExchangesResource.class,
            FactorTablesResource.class,
            CostsResource.class,
            EmissionsResource.class,
            GapsResource.class,
            SignedGapsResource.class,
            LiveResource.class,
            ProductionResource.class,
            WeatherResource.class,
            ShiftPlansResource.class,
            RecalculationsResource.class,
            IntervalsResource.class,
            ReadingsResource.class,
            IngestResource.class,
            AlarmsResource.class,
            QuarantineResource.class,
            LogResource.class,
            WitnessesResource.class,
            ReportsResource.class,
            EnpisResource.class,
            AdjustmentsResource.class,
            SavingsResource.class,
            BaselinesResource.class);

    private Resources() {}
}
