-- Why: an import of history touches every hour of a year; one mark for a stretch of up to a day is 25 times fewer rows.
alter table touched_bucket add column hours integer not null default 1 check (hours between 1 and 24);
