-- Why: an agent must be let in by a word that is said once, change its key without a gap, and be put out within seconds.

-- A key change: from which sequence on the key signs; 0: from the entry on. And why an entry was made.
alter table agent add column first_sequence bigint not null default 0;
alter table agent add column reason text not null default '';

-- Invitations. Only the token's hash is kept: who reads this table cannot enrol.
create table enrolment_token (
  tenant_id    text not null references tenant,
  token_sha256 bytea not null check (octet_length(token_sha256) = 32),
  agent_id     text not null,
  site_id      text not null,
  issued_by    text not null,
  issued_at    timestamptz not null,
  expires_at   timestamptz not null,
  used_at      timestamptz,
  used_key     bytea check (octet_length(used_key) = 32),   -- the agent's public key: only it may ask again
  replaced_at  timestamptz,                                 -- a newer one was issued for the same agent
  primary key (tenant_id, token_sha256)
);
create index enrolment_token_of_agent on enrolment_token (tenant_id, agent_id);
call wall_off('enrolment_token');
grant select, insert, update (used_at, used_key, replaced_at) on enrolment_token to energy_audit_app;

-- Client certificates that the installation's agent authority has signed.
create table agent_certificate (
  tenant_id    text not null references tenant,
  serial       text not null,          -- hexadecimal
  agent_id     text not null,
  issued_at    timestamptz not null,
  not_after    timestamptz not null,
  requested_ms bigint not null,        -- the agent's own clock; must grow, so that no request is played again
  primary key (tenant_id, serial)
);
create index agent_certificate_of_agent on agent_certificate (tenant_id, agent_id);
call wall_off('agent_certificate');
grant select, insert on agent_certificate to energy_audit_app;

-- What the revocation list names. Not a tenant's table: serial numbers tell nothing, and the brokers read it for all.
create table revoked_certificate (
  serial     text primary key,
  revoked_at timestamptz not null,
  not_after  timestamptz not null      -- an expired certificate need not be listed any more
);
grant select, insert on revoked_certificate to energy_audit_app;
