-- A list's latest posts, without reading all of them; downwards, since H2 reads an index in one direction only.
create index posting_latest on posting (list_id, first_queue, received_at desc);
