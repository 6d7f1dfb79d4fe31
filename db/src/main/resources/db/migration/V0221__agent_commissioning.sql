-- Why: whoever asks how a channel came to its register, scale and word order finds what was read beside the meter's display.

create table agent_commissioning (
  tenant_id      text not null references tenant,
  log_index      bigint not null,          -- the first batch that carries it
  position       int not null,             -- in that batch
  agent_id       text not null,
  sequence       bigint not null,          -- of that batch
  record         bytea not null,           -- JSON text, byte for byte as signed
  record_sha256  bytea not null check (octet_length(record_sha256) = 32),
  public_key     bytea not null,
  signature      bytea not null,
  signature_fits boolean not null,         -- by a key that the agent has or had
  primary key (tenant_id, log_index, position),
  unique (tenant_id, agent_id, record_sha256)
);
call wall_off('agent_commissioning');
grant select, insert on agent_commissioning to energy_audit_app;
