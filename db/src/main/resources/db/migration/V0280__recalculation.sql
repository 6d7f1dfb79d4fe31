-- Why: a whole year derived anew takes longer than a transaction and perhaps than a server lives; where it stands must
-- outlive both, so that it goes on where it was.

create table recalculation (
  tenant_id        text not null references tenant,
  recalculation_no integer not null,
  from_at          timestamptz not null,
  to_at            timestamptz not null check (to_at > from_at),
  reason           text not null,
  requested_by     text not null,
  requested_at     timestamptz not null,
  state            text not null check (state in ('RUNNING', 'PAUSED', 'FAILED', 'DONE')),
  ended_at         timestamptz,
  waits_for        text,        -- in words, while it gives way
  failure          text,        -- in words, in state FAILED
  runner           text,        -- the server that works on it
  beat_at          timestamptz, -- when that server said so last
  primary key (tenant_id, recalculation_no)
);
call wall_off('recalculation');
create unique index recalculation_one_open on recalculation (tenant_id) where state in ('RUNNING', 'PAUSED', 'FAILED');
grant select, insert, update (state, ended_at, waits_for, failure, runner, beat_at) on recalculation to energy_audit_app;

-- One register for one local month.
create table recalculation_unit (
  tenant_id        text not null references tenant,
  recalculation_no integer not null,
  unit_no          integer not null,
  channel_id       text not null,
  from_at          timestamptz not null,
  to_at            timestamptz not null,
  done_at          timestamptz,
  revisions        integer,
  primary key (tenant_id, recalculation_no, unit_no),
  foreign key (tenant_id, recalculation_no) references recalculation
);
call wall_off('recalculation_unit');
create index recalculation_unit_open on recalculation_unit (tenant_id, recalculation_no, unit_no) where done_at is null;
grant select, insert, update (done_at, revisions) on recalculation_unit to energy_audit_app;
