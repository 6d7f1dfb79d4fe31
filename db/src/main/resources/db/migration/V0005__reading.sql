-- Why: readings are most of all rows; they come in time order, are asked by channel and time, and grow old together.

-- Raw counts, never scaled. Two batches may tell of the same instant: the lower log index is the one that counts, so
-- that what was known at a log size never changes.
create table reading (
  tenant_id  text not null,
  channel_no integer not null,
  at         timestamptz not null,
  count      bigint not null,     -- float registers: raw IEEE bits
  log_index  bigint not null,
  primary key (tenant_id, channel_no, at, log_index)
) partition by range (at);
call wall_off('reading');
grant select, insert on reading to energy_audit_app;
create trigger reading_is_final before update or delete or truncate on reading
  for each statement execute function refuse_change();

-- Quarters ahead of time, so that no node needs the right to create one. Rights on partitions are given to nobody, and
-- their own row-level security without a policy shows nothing to whoever addresses one directly.
do $$
declare
  quarter date := date '2024-01-01';
  name    text;
begin
  execute $p$create table reading_before_2024 partition of reading
             for values from (minvalue) to ('2024-01-01T00:00:00Z')$p$;
  while quarter < date '2037-01-01' loop
    name := format('reading_%sq%s', extract(year from quarter), extract(quarter from quarter));
    execute format('create table %I partition of reading for values from (%L) to (%L)', name,
                   to_char(quarter, 'YYYY-MM-DD') || 'T00:00:00Z',
                   to_char(quarter + interval '3 months', 'YYYY-MM-DD') || 'T00:00:00Z');
    quarter := quarter + interval '3 months';
  end loop;
  execute $p$create table reading_from_2037 partition of reading
             for values from ('2037-01-01T00:00:00Z') to (maxvalue)$p$;
  for name in select inhrelid::regclass::text from pg_inherits where inhparent = 'reading'::regclass loop
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format('create trigger reading_is_final before update or delete or truncate on %s
                    for each statement execute function refuse_change()', name);
  end loop;
end $$;
