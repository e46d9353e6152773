-- The stored message that a post came as, as long as it is kept; no foreign key: most outlive it.
alter table posting add column octets_id bigint;
