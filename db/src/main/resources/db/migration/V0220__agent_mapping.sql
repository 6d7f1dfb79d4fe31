-- Why: what a count meant at the plant must be known for every instant, with the entry of the log that says so.

create table agent_mapping (
  tenant_id      text not null references tenant,
  log_index      bigint not null,          -- the batch that carries it
  agent_id       text not null,
  sequence       bigint not null,          -- of that batch: in force at the agent from it on
  sealed_at      timestamptz not null,     -- by the agent's clock
  content        bytea not null,           -- device_mapping.json, byte for byte
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  primary key (tenant_id, log_index)
);
create index agent_mapping_of_agent on agent_mapping (tenant_id, agent_id, sequence);
call wall_off('agent_mapping');
grant select, insert on agent_mapping to energy_audit_app;
