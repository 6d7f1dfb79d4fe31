-- Why: figures are read by interval a thousand times for each time they are derived, and an old figure must stay readable.

-- Consumption of a counter between two boundaries. A result is never changed: a different one is a further revision.
create table interval_revision (
  tenant_id         text not null references tenant,
  channel_no        integer not null,
  resolution        text not null check (resolution in ('PT15M', 'PT1H', 'P1D', 'P1M')),
  starts_at         timestamptz not null,
  revision          integer not null check (revision >= 1),
  ends_at           timestamptz not null check (ends_at > starts_at),
  counts            bigint,           -- whole register counts; null: no figure, see quality
  amount            numeric,          -- counts x multiplier, in the unit of the channel; null with counts
  energy_kwh        numeric,          -- null: not energy, or no figure
  quality           text not null check (quality in ('MEASURED', 'ESTIMATED', 'PARTIAL', 'MISSING')),
  coverage          numeric(5, 4) not null check (coverage between 0 and 1),
  known_at_log_size bigint not null,  -- the smallest prefix of the log that holds all readings it was derived from
  primary key (tenant_id, channel_no, resolution, starts_at, revision),
  check ((counts is null) = (quality = 'MISSING'))
);
call wall_off('interval_revision');
grant select, insert on interval_revision to energy_audit_app;
create trigger interval_revision_is_final before update or delete or truncate on interval_revision
  for each statement execute function refuse_change();

-- Touched hours whose channel no configuration describes yet: a batch may come before its configuration.
create table hour_waiting (
  tenant_id  text not null references tenant,
  channel_no integer not null,
  hour       timestamptz not null,
  primary key (tenant_id, channel_no, hour)
);
call wall_off('hour_waiting');
grant select, insert, delete on hour_waiting to energy_audit_app;
