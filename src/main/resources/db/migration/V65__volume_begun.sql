-- When the volume of the list's digests was begun by hand; null: never. A digest that begins one counts as sent.
alter table list_counter add column volume_begun_at timestamp(6) with time zone;
