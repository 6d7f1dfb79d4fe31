-- Why: where no agent can say why there is no data, a person does; an auditor must find that beside the hole.

-- Every entry of the log in which somebody signs for a gap, or takes that back; none is ever changed.
create table signed_gap (
  tenant_id text not null references tenant,
  log_index bigint not null,
  site_id   text not null,
  signed_by text not null,   -- the entry's actor
  content   bytea not null,  -- the serialised SignedGap of that entry
  primary key (tenant_id, log_index)
);
create index signed_gap_of_site on signed_gap (tenant_id, site_id, log_index);
call wall_off('signed_gap');
grant select, insert on signed_gap to energy_audit_app;
create trigger signed_gap_is_final before update or delete or truncate on signed_gap
  for each statement execute function refuse_change();
