-- Why: a log that only its server has seen proves nothing against its server. Here stands who else holds which head.

-- Whose cosignatures are accepted. What they are worth, an auditor decides by the keys in the own trust file.
create table log_witness (
  tenant_id     text not null references tenant,
  name          text not null,
  public_key    bytea not null check (length(public_key) = 32),
  registered_by text not null,
  registered_at timestamptz not null,
  primary key (tenant_id, name)
);
call wall_off('log_witness');
grant select, insert, update (public_key, registered_by, registered_at) on log_witness to energy_audit_app;

create table log_cosignature (
  tenant_id text not null references tenant,
  size      bigint not null,
  name      text not null,
  at        timestamptz not null,
  line      text not null,
  primary key (tenant_id, size, name)
);
call wall_off('log_cosignature');
grant select, insert, update (at, line) on log_cosignature to energy_audit_app;

-- A head as an RFC 3161 service has stamped it.
create table log_stamp (
  tenant_id  text not null references tenant,
  size       bigint not null,
  note       text not null,
  token      bytea not null,
  authority  text not null,
  stamped_at timestamptz not null,
  primary key (tenant_id, size, authority)
);
call wall_off('log_stamp');
grant select, insert on log_stamp to energy_audit_app;

create table log_recipient (
  tenant_id text not null references tenant,
  mail      text not null,
  since     timestamptz not null,
  added_by  text not null,
  ended_at  timestamptz,
  primary key (tenant_id, mail)
);
call wall_off('log_recipient');
grant select, insert, update (since, added_by, ended_at) on log_recipient to energy_audit_app;

create table log_mail (
  tenant_id text not null references tenant,
  mail      text not null,
  sent_at   timestamptz not null,
  size      bigint not null,
  failure   text,
  primary key (tenant_id, mail, sent_at)
);
call wall_off('log_mail');
grant select, insert on log_mail to energy_audit_app;

-- When the daily round was last begun; whoever moves it does it.
create table log_round (
  tenant_id text primary key references tenant,
  begun_at  timestamptz not null
);
call wall_off('log_round');
grant select, insert, update (begun_at) on log_round to energy_audit_app;
