-- Why: a metering configuration that speaks of the past changes figures that are derived already; they must be derived
-- again, without anybody sending a reading.

-- Up to which entry of the log the configurations of a site are in the derived intervals.
create table configuration_derived (
  tenant_id text not null references tenant,
  site_id   text not null,
  log_index bigint not null,
  primary key (tenant_id, site_id)
);
call wall_off('configuration_derived');
grant select, insert, update on configuration_derived to energy_audit_app;
