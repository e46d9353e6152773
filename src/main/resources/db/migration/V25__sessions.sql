-- Console sessions that began before this do not hold any more; null: none was ended.
alter table subscriber add column sessions_since timestamp(6) with time zone;
