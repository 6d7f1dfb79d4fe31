-- Why: every figure is a function of a prefix of the tenant's append-only log, so the log itself must be unchangeable.

create table log_head (
  tenant_id  text primary key references tenant_directory,
  size       bigint not null default 0 check (size >= 0),
  root       bytea not null,
  checkpoint text not null default '' -- signed note over size and root; empty for size 0
);
call wall_off('log_head');
grant select, insert, update on log_head to energy_audit_app;

create table log_entry (
  tenant_id   text not null references log_head,
  log_index   bigint not null check (log_index >= 0),
  kind        smallint not null,    -- EntryKind of evidence.proto
  admitted_at timestamptz not null,
  actor       text not null,
  bytes       bytea not null,       -- the serialised LogEntry, byte for byte as hashed
  leaf_sha256 bytea not null check (octet_length(leaf_sha256) = 32),
  primary key (tenant_id, log_index)
);
-- signatures and delta-coded columns do not compress; trying costs the processor
alter table log_entry alter column bytes set storage external;
create index log_entry_by_kind on log_entry (tenant_id, kind, log_index);
call wall_off('log_entry');
grant select, insert on log_entry to energy_audit_app;
create trigger log_entry_is_final before update or delete or truncate on log_entry
  for each statement execute function refuse_change();

-- Roots of complete subtrees (RFC 6962): level 0 are leaves, node (level, idx) covers entries idx*2^level and on.
create table merkle_node (
  tenant_id text not null references log_head,
  level     smallint not null check (level between 0 and 62),
  idx       bigint not null check (idx >= 0),
  hash      bytea not null check (octet_length(hash) = 32),
  primary key (tenant_id, level, idx)
);
call wall_off('merkle_node');
grant select, insert on merkle_node to energy_audit_app;
create trigger merkle_node_is_final before update or delete or truncate on merkle_node
  for each statement execute function refuse_change();
