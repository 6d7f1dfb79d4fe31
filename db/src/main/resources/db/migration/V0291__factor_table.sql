-- Why: cost and carbon are energy times something that somebody has entered; who, when, and what held before must stay
-- readable, or last year's figure cannot be told again.

-- Every entry of the log with prices or emission factors. Of one table the newest counts; none is ever changed.
create table factor_table (
  tenant_id  text not null references tenant,
  log_index  bigint not null,
  table_id   text not null,
  entered_by text not null,        -- the entry's actor
  entered_at timestamptz not null,
  content    bytea not null,       -- the serialised FactorTable of that entry
  primary key (tenant_id, log_index)
);
create index factor_table_by_id on factor_table (tenant_id, table_id, log_index);
call wall_off('factor_table');
grant select, insert on factor_table to energy_audit_app;
create trigger factor_table_is_final before update or delete or truncate on factor_table
  for each statement execute function refuse_change();
