-- Why: a batch must be stored once, whatever the order and number of its arrivals, and every arrival accounted for.

-- Who has a sequence: same hash again = duplicate, another hash = fork.
create table batch_claim (
  tenant_id       text not null references tenant,
  agent_id        text not null,
  sequence        bigint not null check (sequence >= 1),
  sha256          bytea not null check (octet_length(sha256) = 32),
  previous_sha256 bytea not null,
  log_index       bigint not null,
  primary key (tenant_id, agent_id, sequence)
);
call wall_off('batch_claim');
grant select, insert on batch_claim to energy_audit_app;

-- Which publishes of an agent's boot have been counted, so that a redelivery by the broker is not counted again.
create table agent_publication (
  tenant_id text not null references tenant,
  agent_id  text not null,
  boot      text not null,
  highest_n bigint not null,
  received  int8multirange not null,
  primary key (tenant_id, agent_id, boot)
);
call wall_off('agent_publication');
grant select, insert, update on agent_publication to energy_audit_app;

create table ingest_count (
  tenant_id text not null references tenant,
  agent_id  text not null,
  outcome   text not null check (outcome in ('stored', 'duplicate', 'quarantined')),
  messages  bigint not null,
  primary key (tenant_id, agent_id, outcome)
);
call wall_off('ingest_count');
grant select, insert, update on ingest_count to energy_audit_app;

create table agent_contact (
  tenant_id          text not null references tenant,
  agent_id           text not null,
  last_contact_at    timestamptz not null,
  last_sequence      bigint not null,
  last_sealed_at     timestamptz not null,
  last_receipt_at    timestamptz not null,
  witnessed_size     bigint not null default 0,
  kept_batches       bigint not null default 0,
  clock_synchronised boolean not null default false,
  clock_error_ms     bigint not null default 0,
  version            text not null default '',
  primary key (tenant_id, agent_id)
);
call wall_off('agent_contact');
grant select, insert, update on agent_contact to energy_audit_app;

create table quarantine (
  tenant_id     text not null references tenant,
  quarantine_id uuid not null,
  at            timestamptz not null,
  topic         text not null,
  agent_id      text not null,
  sequence      bigint not null,
  reason        text not null,
  detail        text not null,
  payload       bytea not null,
  admitted_as   bigint,            -- log index, when a retry succeeded
  primary key (tenant_id, quarantine_id)
);
create index quarantine_by_time on quarantine (tenant_id, at desc);
call wall_off('quarantine');
grant select, insert, update (admitted_as, reason, detail) on quarantine to energy_audit_app;

-- Messages whose topic names no tenant that there is. Not a tenant's table.
create table stray_message (
  stray_id uuid primary key,
  at       timestamptz not null,
  topic    text not null,
  reason   text not null,
  payload  bytea not null
);
grant select, insert on stray_message to energy_audit_app;

create table ingest_alarm (
  tenant_id text not null references tenant,
  alarm_id  uuid not null,
  at        timestamptz not null,
  kind      text not null,
  agent_id  text not null,
  sequence  bigint not null,
  detail    text not null,
  primary key (tenant_id, alarm_id)
);
create index ingest_alarm_by_time on ingest_alarm (tenant_id, at desc);
call wall_off('ingest_alarm');
grant select, insert on ingest_alarm to energy_audit_app;

-- A signed "no data, because …". channel_no 0: every channel of the agent.
create table gap (
  tenant_id  text not null references tenant,
  log_index  bigint not null,
  position   integer not null,
  agent_id   text not null,
  channel_no integer not null,
  from_at    timestamptz not null,
  to_at      timestamptz not null,
  cause      integer not null,   -- GapCause of evidence.proto
  detail     text not null,
  primary key (tenant_id, log_index, position)
);
create index gap_by_channel on gap (tenant_id, channel_no, from_at);
call wall_off('gap');
grant select, insert on gap to energy_audit_app;

-- Hours that have new readings. A mark is never shared by two transactions (mark = size of the log after its batches),
-- so that admitting a batch never waits for a worker, and a worker never clears what it has not seen.
create table touched_bucket (
  tenant_id  text not null references tenant,
  channel_no integer not null,
  hour       timestamptz not null,
  mark       bigint not null,
  primary key (tenant_id, hour, channel_no, mark)
);
call wall_off('touched_bucket');
grant select, insert, update, delete on touched_bucket to energy_audit_app;
-- marks come and go all day
alter table touched_bucket set (autovacuum_vacuum_scale_factor = 0.02, fillfactor = 90);
