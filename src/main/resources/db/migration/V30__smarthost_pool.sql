-- How a smarthost is spoken to, and when its link may be used. The release before this one leaves these as they are.
alter table smarthost add column transport varchar(12) default 'PIPELINING' not null; -- PIPELINING, ANGUS
alter table smarthost add column hours varchar(500); -- null: at all times
alter table smarthost add column deliver_until timestamp(6) with time zone; -- its hours don't count until then; year 9999: until switched off

-- What an entry of backoff waits for, apart from its time: a smarthost's hours (its name, or * for several), or any
-- smarthost at all (-); null: its time alone. What changes the answer brings the entry forward.
alter table queue_entry add column waits_for varchar(64);
