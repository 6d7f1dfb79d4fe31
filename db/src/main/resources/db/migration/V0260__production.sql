-- Why: energy is judged beside what was made with it; the figures come from another system, are corrected later, and the
-- earlier ones must stay readable.

create table production_import (
  tenant_id      text not null references tenant,
  log_index      bigint not null,
  site_id        text not null,
  source         text not null,   -- the system that they come from
  import_id      text not null,   -- that system's own number of the delivery
  content_sha256 bytea not null,
  primary key (tenant_id, log_index),
  unique (tenant_id, site_id, source, import_id)
);
call wall_off('production_import');
grant select, insert on production_import to energy_audit_app;
create trigger production_import_is_final before update or delete or truncate on production_import
  for each statement execute function refuse_change();

-- Of one variable and period the newest entry of the log counts.
create table variable_value (
  tenant_id text not null references tenant,
  site_id   text not null,
  variable  text not null,
  from_at   timestamptz not null,
  to_at     timestamptz not null check (to_at > from_at),
  log_index bigint not null,
  unit      text not null,
  value     numeric,              -- null: withdrawn
  primary key (tenant_id, site_id, variable, from_at, to_at, log_index)
);
call wall_off('variable_value');
grant select, insert on variable_value to energy_audit_app;
create trigger variable_value_is_final before update or delete or truncate on variable_value
  for each statement execute function refuse_change();
