package energy.audit.ingest;

import energy.audit.tenancy.Tenancy;

/** All tables that this room owns. */
record IngestTables(
        ClaimTable claims,
        ReadingTable readings,
        TouchedTable touched,
        GapTable gaps,
        TallyTable tally,
        ContactTable contacts,
        MappingTable mappings,
        CommissioningTable commissionings,
        QuarantineTable quarantine) {

    static IngestTables of(Tenancy tenancy) {
        return new IngestTables(
                new ClaimTable(tenancy),
                new ReadingTable(tenancy),
                new TouchedTable(tenancy),
                new GapTable(tenancy),
                new TallyTable(tenancy),
                new ContactTable(tenancy),
                new MappingTable(tenancy),
                new CommissioningTable(tenancy),
                new QuarantineTable(tenancy));
    }
}
