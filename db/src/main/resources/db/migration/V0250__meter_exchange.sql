-- Why: where a meter is exchanged its register jumps; without the two counts that were read then, what was consumed
-- around it would be lost.

-- Every entry of the log that speaks of an exchange. Of one meter and instant the newest counts; none is ever changed.
create table meter_exchange (
  tenant_id       text not null references tenant,
  log_index       bigint not null,
  site_id         text not null,
  meter_id        text not null,
  at              timestamptz not null,  -- readings before are of the old registers, from here on of the new ones
  content         bytea not null,        -- the serialised MeterExchange of that entry
  idempotency_key text,                  -- of the request that entered it; null: it had none
  primary key (tenant_id, log_index),
  unique (tenant_id, idempotency_key)
);
create index meter_exchange_of_site on meter_exchange (tenant_id, site_id, meter_id, at);
call wall_off('meter_exchange');
grant select, insert on meter_exchange to energy_audit_app;
create trigger meter_exchange_is_final before update or delete or truncate on meter_exchange
  for each statement execute function refuse_change();
