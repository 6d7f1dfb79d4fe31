-- Why: a count means nothing without the meter, unit and multiplier that were in force when it was read.

-- The newest configuration's view of a site; the truth of an instant is in metering_configuration.
create table site (
  tenant_id text not null references tenant,
  site_id   text not null,
  name      text not null,
  zone      text not null,     -- IANA name
  log_index bigint not null,   -- the entry that says so
  primary key (tenant_id, site_id)
);
call wall_off('site');
grant select, insert, update on site to energy_audit_app;

create table metering_configuration (
  tenant_id      text not null references tenant,
  log_index      bigint not null,
  site_id        text not null,
  effective_from timestamptz not null,
  content        bytea not null,   -- the serialised MeteringConfiguration of that entry
  content_sha256 bytea not null,
  primary key (tenant_id, log_index)
);
create index metering_configuration_of_site on metering_configuration (tenant_id, site_id, log_index);
call wall_off('metering_configuration');
grant select, insert on metering_configuration to energy_audit_app;

-- A channel's short number in readings and intervals. Given out once, kept for ever, also for channels that no
-- configuration names yet: a batch may come before its configuration.
create table channel (
  tenant_id  text not null references tenant,
  channel_no integer not null check (channel_no > 0),
  channel_id text not null,
  primary key (tenant_id, channel_no),
  unique (tenant_id, channel_id)
);
call wall_off('channel');
grant select, insert on channel to energy_audit_app;

-- Every key that an agent ever had.
create table agent (
  tenant_id  text not null references tenant,
  agent_id   text not null,
  log_index  bigint not null,
  site_id    text not null,
  public_key bytea not null check (octet_length(public_key) = 32),
  valid_from timestamptz not null,
  revoked    boolean not null default false,
  primary key (tenant_id, agent_id, log_index)
);
call wall_off('agent');
grant select, insert on agent to energy_audit_app;
