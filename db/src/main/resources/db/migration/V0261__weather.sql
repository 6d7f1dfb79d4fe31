-- Why: heating and cooling follow the weather; a station's temperatures are delivered, corrected and read by others, and an
-- answer must be able to say which delivery it rests on.

create table weather_import (
  tenant_id      text not null references tenant,
  log_index      bigint not null,
  site_id        text not null,
  station        text not null,
  source         text not null,   -- who has measured
  import_id      text not null,   -- the number of the delivery
  content_sha256 bytea not null,
  primary key (tenant_id, log_index),
  unique (tenant_id, site_id, source, import_id)
);
call wall_off('weather_import');
grant select, insert on weather_import to energy_audit_app;
create trigger weather_import_is_final before update or delete or truncate on weather_import
  for each statement execute function refuse_change();

-- Of one station and time the newest entry of the log counts.
create table weather_value (
  tenant_id   text not null references tenant,
  site_id     text not null,
  station     text not null,
  from_at     timestamptz not null,
  to_at       timestamptz not null check (to_at > from_at),
  log_index   bigint not null,
  temperature numeric,              -- degrees Celsius; null: withdrawn
  primary key (tenant_id, site_id, station, from_at, to_at, log_index)
);
call wall_off('weather_value');
grant select, insert on weather_value to energy_audit_app;
create trigger weather_value_is_final before update or delete or truncate on weather_value
  for each statement execute function refuse_change();
