-- Why: an agent or a meter that ails must be seen before its data is missed, and one that falls silent must be missed
-- by somebody. What is told here was signed by the agent; it can be rebuilt from the batches of the log.

-- What an agent's newest batch says about it.
create table agent_vitals (
  tenant_id          text not null references tenant,
  agent_id           text not null,
  sequence           bigint not null,
  heard_at           timestamptz not null,   -- by the backend, also by a batch that is not the newest
  sealed_at          timestamptz not null,   -- newest batch, the agent's clock
  version            text not null,
  poll_interval_ms   integer not null,       -- 0: it does not poll
  cycle_p99_ms       integer not null,
  kept_batches       bigint not null,
  kept_bytes         bigint not null,
  buffer_max_bytes   bigint not null,        -- 0: it did not say
  disk_free_bytes    bigint not null,        -- 0: it did not say
  oldest_kept_at     timestamptz,            -- newest instant of the oldest batch that waits there
  clock_synchronised boolean not null,
  clock_error_ms     bigint not null,
  primary key (tenant_id, agent_id)
);
call wall_off('agent_vitals');
grant select, insert, update on agent_vitals to energy_audit_app;

-- Counters of each device since its agent's start, as last told.
create table device_vitals (
  tenant_id      text not null references tenant,
  agent_id       text not null,
  device_id      text not null,
  boot_id        bytea not null,
  sequence       bigint not null,
  at             timestamptz not null,       -- the agent's clock
  reads          bigint not null,
  failures       bigint not null,
  timeouts       bigint not null,
  crc_errors     bigint not null,
  refusals       bigint not null,
  no_connection  bigint not null,
  last_cause     text not null,              -- empty: all its requests are answered
  last_failure   text not null,
  last_failed_at timestamptz,
  primary key (tenant_id, agent_id, device_id)
);
call wall_off('device_vitals');
grant select, insert, update on device_vitals to energy_audit_app;

-- The same over time: differences of the counters, by hour of the agent's clock.
create table device_hour (
  tenant_id     text not null references tenant,
  agent_id      text not null,
  device_id     text not null,
  hour          timestamptz not null,
  reads         bigint not null,
  failures      bigint not null,
  timeouts      bigint not null,
  crc_errors    bigint not null,
  refusals      bigint not null,
  no_connection bigint not null,
  primary key (tenant_id, agent_id, device_id, hour)
);
call wall_off('device_hour');
grant select, insert, update on device_hour to energy_audit_app;

-- After how long without a batch an agent counts as silent; the newest row of an agent holds, null is the default.
create table agent_expectation (
  tenant_id      text not null references tenant,
  agent_id       text not null,
  set_at         timestamptz not null,
  silent_after_s integer check (silent_after_s between 30 and 31536000),
  set_by         text not null,
  reason         text not null,
  primary key (tenant_id, agent_id, set_at)
);
call wall_off('agent_expectation');
grant select, insert on agent_expectation to energy_audit_app;

-- Each silence with its beginning and end; never deleted. At most one is open for an agent, whatever nodes do.
create table agent_silence (
  tenant_id      text not null references tenant,
  silence_id     uuid not null,
  agent_id       text not null,
  site_id        text not null,
  last_heard_at  timestamptz,                -- null: never since it was enrolled
  silent_after_s integer not null,
  raised_at      timestamptz not null,
  raised_by      text not null,              -- the node that looked
  ended_at       timestamptz,
  ended_by       text,                       -- HEARD, REVOKED, NOT_EXPECTED
  primary key (tenant_id, silence_id)
);
create unique index agent_silence_open on agent_silence (tenant_id, agent_id) where ended_at is null;
create index agent_silence_by_time on agent_silence (tenant_id, raised_at desc);
call wall_off('agent_silence');
grant select, insert, update (ended_at, ended_by) on agent_silence to energy_audit_app;

-- Who looked for silence last: the claim that makes one node of a cluster do it. Time in which nobody looked is time in
-- which the backend was deaf, and counts against no agent.
create table silence_watch (
  tenant_id       text not null references tenant,
  looked_at       timestamptz not null,
  looked_by       text not null,
  listening_since timestamptz not null,
  primary key (tenant_id)
);
call wall_off('silence_watch');
grant select, insert, update on silence_watch to energy_audit_app;
