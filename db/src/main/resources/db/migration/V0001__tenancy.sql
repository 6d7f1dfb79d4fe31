-- Why: a tenant's rows must be invisible to every other tenant even when a query forgets to say whose they are.

-- One wall for every table that has a tenant: forced row-level security, no tenant bound = no rows.
-- Later migrations call it for each table they create; a test that reads the catalogue fails for a table without it.
create procedure wall_off(target regclass) language plpgsql set search_path = pg_catalog, public as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format($p$create policy one_tenant on %s
      using (tenant_id = nullif(current_setting('app.tenant', true), ''))
      with check (tenant_id = nullif(current_setting('app.tenant', true), ''))$p$, target);
end $$;
revoke all on procedure wall_off(regclass) from public;

-- Evidence is written once. The application role has no right to change it; this stops the owner's slip as well.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'EVIDENCE_IS_FINAL: % on table % is refused; evidence is only ever appended', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

-- Bare names, so that timers and listeners can enter one tenant after the other. Nothing about a tenant belongs here.
create table tenant_directory (
  tenant_id text primary key check (tenant_id ~ '^[a-z0-9][a-z0-9-]{0,62}$')
);
grant select, insert on tenant_directory to energy_audit_app;

create table tenant (
  tenant_id text primary key references tenant_directory,
  name      text not null,
  opened_at timestamptz not null
);
call wall_off('tenant');
grant select, insert, update (name) on tenant to energy_audit_app;

-- A role of a person, with beginning and end. Revoking is a later row of the log and a mark here.
create table access_grant (
  tenant_id  text not null references tenant,
  log_index  bigint not null,
  person     text not null,
  role       text not null,
  from_at    timestamptz not null,
  to_at      timestamptz,
  reason     text not null,
  revoked_by bigint,
  primary key (tenant_id, log_index)
);
create index access_grant_by_person on access_grant (person, tenant_id);
call wall_off('access_grant');
grant select, insert, update (revoked_by) on access_grant to energy_audit_app;

-- A person may list own memberships before a tenant is chosen: read only, and only these two tables.
create policy own_memberships on access_grant for select
  using (person = nullif(current_setting('app.person', true), ''));
create policy own_tenants on tenant for select
  using (exists (select 1 from access_grant g
                 where g.tenant_id = tenant.tenant_id and g.person = nullif(current_setting('app.person', true), '')));
